/** Services named in fields and in sentences. */
import { deepEqual, equal } from 'node:assert/strict';
import { serviceNames } from '../../../../src/engine/incident/serviceNames.ts';

const SERVICES = [
  'ts-order-service',
  'ts-order-other-service',
  'ts-billing-service',
  'ts-gateway-service',
  'ts-foodApi',
];
const names = serviceNames(SERVICES, new Set(SERVICES.keys()));

describe('a service mentioned in a sentence', () => {
  const cases: [text: string, ...expected: string[]][] = [
    ['billing service timeout', 'ts-billing-service fully'],
    ['call to ts billing service failed', 'ts-billing-service fully'],
    ['service billing is down', 'ts-billing-service fully'],
    ['trouble with billing', 'ts-billing-service'],
    ['two orders lost', 'ts-order-service'],
    ['order other service timeout', 'ts-order-other-service fully'],
    ['food and billing', 'ts-foodApi', 'ts-billing-service'],
    ['gateway timeout'],
    ['the service is slow'],
    ['rebilling started'],
    [''],
  ];
  for (const [text, ...expected] of cases) {
    it(text, () => {
      const found = names.mentioned(text).map(({ service, full }) => `${SERVICES[service]}${full ? ' fully' : ''}`);
      deepEqual(found, expected);
    });
  }
});

describe('a service named in a field', () => {
  const cases: [name: string, inShort: boolean, expected: string | null][] = [
    ['ts-billing-service', false, 'ts-billing-service'],
    ['TS_Billing_Service', false, 'ts-billing-service'],
    ['ts-billing-service.shop.svc.cluster.local', false, 'ts-billing-service'],
    ['billing', true, 'ts-billing-service'],
    ['billing', false, null],
    ['billing-db', true, null],
    ['ts-gateway-service', true, 'ts-gateway-service'],
    ['gateway', true, null],
    ['service', true, null],
    ['constructor', true, null],
  ];
  for (const [name, inShort, expected] of cases) {
    it(`${name}${inShort ? ' in short' : ''}`, () => {
      const found = names.resolve(name, inShort);
      equal(found === null ? null : SERVICES[found], expected);
    });
  }

  it('never means a service that does not occur', () => {
    equal(serviceNames(SERVICES, new Set([0])).resolve('ts-billing-service', true), null);
  });
});
