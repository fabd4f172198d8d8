/** Text that is cut to fit, with letters that are all as wide as each other. */
import { deepEqual, equal } from 'node:assert/strict';
import { fitName, fitText } from '../../media/cascade/shapes.ts';

const WIDTH_OF_LETTER = 10;
const context = {
  measureText: (text: string) => ({ width: text.length * WIDTH_OF_LETTER }),
} as unknown as CanvasRenderingContext2D;

describe('text of the picture', () => {
  it('is left as it is where it fits', () => {
    equal(fitName(context, 'billing', 70), 'billing');
    equal(fitText(context, 'billing', 70), 'billing');
  });

  it('is cut at its end, and a name in its middle, so that names which begin alike stay apart', () => {
    equal(fitText(context, 'orders-db-primary', 100), 'orders-db…');
    const names = ['orders-db-primary', 'orders-db-replica'].map((name) => fitName(context, name, 100));
    deepEqual(names, ['order…mary', 'order…lica']);
  });

  it('is left out where not even a letter fits', () => {
    equal(fitName(context, 'billing', 15), '');
  });
});
