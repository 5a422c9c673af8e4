import { ipRangeProblem } from '../../lib/values/ip-range';

describe('a range of IP addresses', () => {
  it.each([
    ['203.0.113.0', '203.0.113.255'],
    ['10.0.0.1', '10.0.0.1'],
    ['2001:db8::', '2001:db8::ffff'],
    ['::1', '::ffff:192.0.2.1'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:9'],
  ])('%s to %s is accepted', (start, end) => expect(ipRangeProblem(start, end)).toBeUndefined());

  it.each([
    ['203.0.113.255', '203.0.113.0', /ends before/],
    ['2001:db8::2', '2001:db8::1', /ends before/],
    ['10.0.0.1', '::1', /one end is an IPv4/],
    ['10.0.0', '10.0.0.1', /not an IP address/],
    ['10.0.0.01', '10.0.0.2', /not an IP address/],
    ['10.0.0.1', '10.0.0.256', /not an IP address/],
    ['1::2::3', '::1', /not an IP address/],
    ['1:2:3:4:5:6:7', '::1', /not an IP address/],
    ['1:2:3:4:5:6:7:8::', '::1', /not an IP address/],
    ['10.0.0.0/8', '10.0.0.1', /not an IP address/],
    ['fe80::1%eth0', 'fe80::2', /not an IP address/],
  ])('%s to %s is refused', (start, end, message) => expect(ipRangeProblem(start, end)).toMatch(message));
});
