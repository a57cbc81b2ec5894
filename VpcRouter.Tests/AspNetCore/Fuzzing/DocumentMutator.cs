using System.Text;

namespace VpcRouter.Tests.AspNetCore.Fuzzing;

/// <summary>Makes documents that were route specs once. The same seed makes the same documents.</summary>
internal sealed class DocumentMutator(int seed)
{
    private static readonly byte[][] Seeds =
    [
        Bytes("""{"10.55.16.0/24":["10.33.20.142"],"10.66.17.0/24":["10.33.20.93","10.33.30.22"]}"""),
        Bytes("""{"0.0.0.0/0":{"hosts":["10.0.1.10","10.0.2.10"],"select":"zone","failback":"60s","fallback":"nat-0a1b2c","route_tables":["rtb-1","rtb-2"]}}"""),
        Bytes("""{ "2001:db8::/32": ["2001:db8::1", "::ffff:10.0.0.1"], "pl-0123abcd": { "hosts": ["10.0.0.1"] } }"""),
        Bytes("""{"10.0.0.0/8":["10.0.0.1","10.0.0.1"],"10.0.0.1/16":["10.0.0.2"],"::/0":{"select":"ordered","hosts":[]}}"""),
        Bytes("""{"10.1.0.0/16":[]}"""),
        Bytes("{}"),
        [0xEF, 0xBB, 0xBF, .. "{\"10.1.0.0/16\":[\"10.0.0.1\"]}"u8],
    ];

    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "null", "true", "[", "]", "{", "}", "\"", ",", ":", "\\", "\\u0000", "\\ud800", "\\udc00", "\\u00", "1e999", "-0", "0.0000001", "99999999999999999999", "/33", "/-1", "/0", "/",
            "10.0.0.0/8", "10.0.0.256", "010.0.0.1", "0x7f000001", "::1%eth0", "fe80::1", "pl-", "rtb-", "igw-1", "\"hosts\"", "\"hosts\":[]", "\"select\":\"spread\"", "\"failback\":\"never\"",
            "\"failback\":\"1e308h\"", "[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":{\"a\":", "//", "/*", "#", "'", "\r\n", "\t", " ", "\u00e9", "\u2028", "\ud83d\ude00", "NaN", "Infinity",
        }.Select(Bytes),
        [0x00], [0x80], [0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF],
    ];

    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var document = Pick(Seeds).ToList();
        for (var changes = _random.Next(4); changes >= 0; changes--)
            Change(document);
        return [.. document];
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private void Change(List<byte> document)
    {
        var at = _random.Next(document.Count + 1);
        var length = Math.Min(_random.Next(1, 12), document.Count - at);
        switch (_random.Next(9))
        {
            case 0 when at < document.Count:
                document[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < document.Count:
                document[at] = (byte)_random.Next(256);
                break;
            case 2:
                document.RemoveRange(at, length);
                break;
            case 3:
                document.InsertRange(at, document.GetRange(at, length));
                break;
            case 4 when _random.Next(4) == 0:
                document.RemoveRange(at, document.Count - at);
                break;
            case 5:
                var other = Pick(Seeds);
                document.InsertRange(at, other.AsSpan(_random.Next(other.Length)));
                break;
            case 6 when at < document.Count && char.IsAsciiDigit((char)document[at]):
                document[at] = (byte)('0' + _random.Next(10));
                break;
            case 7 when _random.Next(50) == 0:
                document.InsertRange(at, Enumerable.Repeat(Pick(Words), 2000).SelectMany(word => word));
                break;
            default:
                document.InsertRange(at, Pick(Words));
                break;
        }
    }

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];
}
