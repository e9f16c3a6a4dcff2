import { Command, InvalidArgumentError } from 'commander';

/** The seed of the demo that is kept under `fixtures/demo`. */
const KEPT_SEED = 20_261_101;

const parseSeed = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number of at most nine digits is needed.');
  return Number(text);
};

/** `demo generate`: writes the demo marketplace, the same for the same seed. */
export const demoGenerateCommand = (): Command =>
  new Command('generate')
    .description('write the demo marketplace (sellers, listings, pictures, reviews, orders and the truth about them)')
    .requiredOption('--out <folder>', 'folder to write to; files of the same name are replaced')
    .option('--seed <number>', 'the same seed gives the same demo', parseSeed, KEPT_SEED)
    .option('--json', 'print the counts as JSON')
    .action(async (options: { out: string; seed: number; json?: boolean }) => {
      // Loaded when it is called: the generator brings much along that no other command needs.
      const { writeDemoFiles } = await import('../evaluation/demo-marketplace/write-demo-files.ts');
      const isSilent = options.json === true || !process.stderr.isTTY;
      const demo = await writeDemoFiles(options.out, options.seed, (done, total) => {
        if (!isSilent) process.stderr.write(`\rpicture ${done} of ${total}${done === total ? '\n' : ''}`);
      });
      const counts = {
        sellers: demo.sellers.length,
        accounts: demo.accounts.length,
        listings: demo.listings.length,
        reviews: demo.reviews.length,
        orders: demo.orders.length,
        pictures: demo.pictureJobs.length,
      };
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ folder: options.out, seed: options.seed, ...counts })}\n`
          : `Wrote ${options.out}: ${Object.entries(counts)
              .map(([name, count]) => `${count} ${name}`)
              .join(', ')} (seed ${options.seed}).\n`,
      );
    });
