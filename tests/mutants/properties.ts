import fc from 'fast-check';

// Every change meets each property: a tenth of a second finds nearly all that a whole run of it finds, and most others are found by plainer tests.
fc.configureGlobal({ interruptAfterTimeLimit: 100 });
