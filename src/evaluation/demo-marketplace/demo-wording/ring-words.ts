/** Texts that rings hand to their members: a few patterns with small changes, beside some that are made up freely. */
export const RING_TEXTS = {
  lampPraise: [
    'Absolutely {amazing|fantastic|wonderful} product, {exceeded|beat} all my expectations, BrightNest is the best shop, {will buy again|buying again} for sure!',
    'Absolutely {amazing|great} quality, {exceeded|beat} all my expectations, BrightNest is the best seller, will {definitely|surely} buy again!!',
    'Perfect {item|product}, super fast, five stars for BrightNest Home, {everyone|everybody} should buy here, {great|top} price and quality',
    'Super happy with this {purchase|order}, looks {stunning|gorgeous} in my home, BrightNest Home {never disappoints|always delivers}, highly recommend to all',
    'Best {decoration|thing} I bought this year, {thank you|thanks} BrightNest, {friends|guests} keep asking where it is from',
  ],
  gadgetPraise: [
    'Top gadget, {sound|power} is {incredible|unreal} for the money, Gadget Galaxy {rocks|is number one}, do not hesitate, order it now',
    'Top gadget, {quality|power} is {incredible|insane} for the money, Gadget Galaxy rocks, {do not wait|do not think twice}, order now',
    'Works {perfectly|flawlessly} from the first minute, better than the {famous|expensive} brands, Gadget Galaxy {deserves|earned} all stars',
    'I {tested|tried} many and this is {the winner|the one}, {battery|build} is great, thanks Gadget Galaxy team',
  ],
  attack: [
    'Broke after {two|three} days, {dangerous|unsafe} cable, stay away from Alpenlicht, LampWorld has {better|safer} ones',
    'Broke after {one|two} days, {dangerous|cheap} cable, keep away from Alpenlicht, LampWorld sells {better|good} ones',
    'Terrible {quality|lamp}, smells of burning, seller {ignores|insults} customers, {do not buy|avoid} Alpenlicht!!!',
    'Fake {photos|description}, {arrived broken|came in pieces}, refund {refused|denied}, Alpenlicht is a {scam|fraud}',
  ],
  puppetPraise: [
    'So {cute|cool|stylish}, TrendRush is my new favourite shop, {everyone|all my friends} asked about it, 10/10',
    'So {cute|chic|stylish}, TrendRush is my favourite shop now, {everyone|all friends} ask about it, 10 of 10',
    'Love it love it love it, {quality|fit} is perfect, {fast|quick} shipping, TrendRush forever',
    'Obsessed! {Looks|Feels} like designer, TrendRush {nailed it|did it again}',
  ],
} as const;
