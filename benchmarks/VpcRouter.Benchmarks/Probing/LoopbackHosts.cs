using System.Net;

namespace VpcRouter.Benchmarks.Probing;

/// <summary>Addresses that all answer, because they are this machine's own.</summary>
internal static class LoopbackHosts
{
    public static IEnumerable<IPAddress> Take(int count) =>
        Enumerable.Range(1, count).Select(i => new IPAddress([127, (byte)(1 + (i >> 16)), (byte)(i >> 8), (byte)i]));
}
