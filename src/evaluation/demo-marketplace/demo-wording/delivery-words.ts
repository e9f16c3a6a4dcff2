/** Reviews that blame customs alone. Each is used once. */
export const CUSTOMS_REVIEWS: readonly string[] = [
  'Never arrived. Tracking has said "held at customs" for {five|six|seven} weeks and nobody tells me anything.',
  'The parcel is stuck in customs since {March|August}. I paid and have nothing.',
  'Customs {sent it back|returned the package} to Japan. So I cannot say a word about the thing itself.',
  'Customs office wants an invoice that was already in the envelope. Two months now.',
  'Посылка {застряла на таможне|лежит на таможне второй месяц}, получить не могу.',
  'El paquete lleva un mes retenido en la aduana. No ha llegado nada.',
  'Das Paket liegt seit Wochen beim Zoll.',
  '快递一直卡在海关，等了一个多月没收到。',
  'The customs website shows a red cross and that is all I know.',
  'Shipped fast, then border control kept it. Refund please.',
  'Parcel came back to sender because customs “could not process” it.',
  'Customs opened it, stamped it, and returned it. Nobody wins.',
  'Detained at the airport for inspection. That is the last scan.',
  'Zoll hat die Sendung zurückgeschickt, ohne Begründung.',
  'Rien reçu, le colis est bloqué en douane.',
  'Tracking says “clearance event” since week two. Shop sent the papers twice, nothing moves.',
  'Held at the frontier, released to nobody. I only want to know where it is.',
  'Seven weeks at the border depot, the officers do not pick up the telephone.',
  'Customs clearance pending, pending, pending. I have stopped looking.',
  'Import control wants a permit for a {cup|pot}. I ask you.',
];

/** Reviews of people whose parcel the carrier lost. Each is used once. */
export const CARRIER_LOST_REVIEWS: readonly string[] = [
  'Lost in the post. The carrier {shrugs|says to wait another month}.',
  'Still not here after {40|52|61} days!!! Worst delivery ever.',
  'Package vanished between two sorting centres. The tracking just stops.',
  'Delivered to some shop in another town by the carrier. Never got it.',
  'No parcel, no answer from the delivery company, birthday missed.',
  'Strike at the carrier. It was supposed to be here before our trip. It was not.',
  'Waiting since {May|July}. The delivery service lost it, they admitted it on the phone.',
  'Почта потеряла отправление, трек не обновляется.',
  'Wegen des Poststreiks kam bis heute nichts an.',
  'Se perdió por el camino, la empresa de transporte no da explicaciones.',
  'Depot closed, strike, whatever. I bought another one at the corner shop meanwhile.',
  'Not delivered. According to the app it is in a container in {Rotterdam|Felixstowe}.',
  'I gave up waiting, the shipping company says the lorry never got unloaded.',
  'Post office on strike, then holidays, then silence.',
];

/** Reviews of people whose parcel a strike delayed by weeks. Each is used once. */
export const CARRIER_LATE_REVIEWS: readonly string[] = [
  'One star because the courier went on strike and my parcel slept in a warehouse for weeks.',
  'Took {thirty-one|forty-four} days from the depot to my door because of the industrial action.',
  'My order arrived after the wedding it was meant for, thanks to the strike.',
  'Courier marked it as delivered. It was not. Then they found it in another depot weeks later.',
  'La huelga del transportista: cinco semanas para recibirlo.',
  '罢工耽误了快递，一个半月才到。',
  'Забастовка у перевозчика, ждала больше месяца.',
  'Delivery was a disaster, the tracking showed the same hub for a month.',
  'Arrived six weeks late because trucks were not running.',
  'It came in the end, a month after the promised day. The carrier blames the strike, I blame the carrier.',
];

/** Reviews that blame a delay at customs and the goods: only the part about delivery may be struck. Each is used once. */
export const MIXED_CUSTOMS_REVIEWS: readonly string[] = [
  'Customs kept it for {nineteen|twenty-six} days. The finish is poor as well, I expected better.',
  'Took forever to get here. Nice enough, it is just crooked and the seller will not answer.',
  'Zwei Monate beim Zoll, und dann ist die Qualität auch noch mäßig.',
  'Waited ages for the post and then it was smaller than described.',
];

/** Reviews that blame a late carrier and the goods. Each is used once. */
export const MIXED_LATE_REVIEWS: readonly string[] = [
  'Arrived three weeks late, and when it came the {seam|rim} was damaged inside an intact box.',
  'Slow shipping AND the colour is nothing like the picture.',
  'The courier dropped it at the kiosk; the thing itself {feels cheap|smells odd} too.',
  'Llegó tardísimo y además el color no es el de la foto.',
  'Доставка почти месяц, и сама вещь тоньше, чем обещали.',
  'Late because of the strike, fine, but a part was missing, which is not the courier.',
];

/** Reviews of people whose parcel the seller never sent. Each is used once. */
export const NEVER_SENT_REVIEWS: readonly string[] = [
  'The tracking number is fake, the post never had a parcel from them.',
  'Seller uploaded a number and that was it. Nothing was sent.',
  'I called the carrier: label made, parcel never handed over.',
  'Three emails, three promises, no parcel.',
  'He says “shipped”, the post says “we are waiting for the item”. For six weeks.',
  'Scam shop. Money gone, no goods, refund only after a dispute.',
  'Never sent. Had to fight for my refund.',
  'Ordered in spring, cancelled in summer, refunded in autumn. Nothing was ever dispatched.',
  'Label created and then silence. Avoid.',
  'They keep asking for patience. I have none left and no toy either.',
  'Nothing came, and the seller blames me for a wrong address that is right.',
  'No se envió nunca, el número de seguimiento no existe.',
  'Продавец ничего не отправил, номер отслеживания не существует.',
  'Angeblich verschickt, aber nie eingeliefert.',
  'It looks like they sell what they do not have.',
  'Paid express, got nothing at all.',
  'Support of the market had to step in because the shop never shipped.',
];

/**
 * Texts above that a reader of words is easily misled by: they name the goods or the shop without blaming them, or
 * blame the goods without a word of blame.
 */
export const HARD_TO_READ: ReadonlySet<string> = new Set([
  'Customs {sent it back|returned the package} to Japan. So I cannot say a word about the thing itself.',
  'Shipped fast, then border control kept it. Refund please.',
  'Tracking says “clearance event” since week two. Shop sent the papers twice, nothing moves.',
  'Waited ages for the post and then it was smaller than described.',
  'Depot closed, strike, whatever. I bought another one at the corner shop meanwhile.',
  'Customs kept it for {nineteen|twenty-six} days. The finish is poor as well, I expected better.',
]);
