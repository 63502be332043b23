import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

// The shape and the sizes of the public gateways benchmark (graphql-hive/graphql-gateways-benchmark), with data of our own:
// 6 users, 9 products, 11 reviews of 142 to 823 characters.

interface User {
  readonly id: string;
  readonly name: string;
  readonly username: string;
}
interface Product {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
}
interface Review {
  readonly id: string;
  readonly body: string;
  readonly author: string;
  readonly product: string;
}

export const publicSubgraphs = ['accounts', 'products', 'inventory', 'reviews'] as const;
export type PublicSubgraph = (typeof publicSubgraphs)[number];

const users: readonly User[] = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Donald', 'Frances'].map((name, index) => ({
  id: `${index + 1}`,
  name: `${name} of the reviewers`,
  username: `@${name.toLowerCase()}`,
}));
const products: readonly Product[] = Array.from({ length: 9 }, (_, index) => ({
  upc: `${index + 1}`,
  name: `Household article ${index + 1}`,
  price: 199 + 87 * index,
  weight: 50 + 130 * index,
}));
const words = 'It does what it says and little else, which is more than can be told of the one that stood here before. '.repeat(9);
const lengths = [142, 823, 548, 615, 318, 517, 730, 436, 705, 254, 590];
const written = [
  [1, 1],
  [1, 2],
  [2, 3],
  [2, 1],
  [3, 4],
  [3, 1],
  [4, 2],
  [4, 5],
  [5, 1],
  [5, 3],
  [6, 2],
] as const;
const reviews: readonly Review[] = written.map(([author, product], index) => ({
  id: `${index + 1}`,
  body: words.slice(0, lengths[index]),
  author: `${author}`,
  product: `${product}`,
}));

const byUpc = ({ upc }: { readonly upc: string }) => products.find((each) => each.upc === upc);
const byId = ({ id }: { readonly id: string }) => users.find((each) => each.id === id);

const resolvers = {
  accounts: {
    Query: { users: () => users, me: () => users[0] },
    User: { __resolveReference: byId },
  },
  products: {
    Query: { topProducts: (_: unknown, { first }: { first: number }) => products.slice(0, first) },
    Product: { __resolveReference: byUpc },
  },
  inventory: {
    Product: {
      __resolveReference: (reference: object) => reference,
      inStock: ({ upc }: Product) => Number(upc) % 3 !== 0,
      shippingEstimate: ({ price, weight }: Product) => (price > 1_000 ? 0 : Math.floor(weight * 0.5)),
    },
  },
  reviews: {
    Review: {
      author: ({ author }: Review) => ({ id: author, username: byId({ id: author })?.username }),
      product: ({ product }: Review) => ({ upc: product }),
    },
    User: {
      __resolveReference: (reference: object) => reference,
      reviews: ({ id }: User) => reviews.filter(({ author }) => author === id),
    },
    Product: {
      __resolveReference: (reference: object) => reference,
      reviews: ({ upc }: Product) => reviews.filter(({ product }) => product === upc),
    },
  },
} as const;

export const readPublicSdl = (subgraph: PublicSubgraph): string =>
  readFileSync(new URL(`./public/${subgraph}.graphql`, import.meta.url), 'utf8');

export const buildPublicSchema = (subgraph: PublicSubgraph): GraphQLSchema =>
  buildSubgraphSchema({ typeDefs: parse(readPublicSdl(subgraph)), resolvers: resolvers[subgraph] as never });
