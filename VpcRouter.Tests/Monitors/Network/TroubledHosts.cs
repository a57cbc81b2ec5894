using System.Collections.Concurrent;
using System.Net;
using VpcRouter.Benchmarks.Network;

namespace VpcRouter.Tests.Monitors.Network;

/// <summary>Hosts whose troubles a test sets one by one.</summary>
/// <param name="wanted">After how many probes <see cref="Passed"/> is set.</param>
internal sealed class TroubledHosts(int wanted = int.MaxValue) : ILineFaults
{
    private readonly ConcurrentDictionary<IPAddress, Func<ReadOnlyMemory<byte>, IEnumerable<(byte[] Packet, TimeSpan Delay)>>> _troubles = new();
    private readonly ConcurrentDictionary<IPAddress, int> _probes = new();
    private int _all;

    public ManualResetEventSlim Passed { get; } = new();

    /// <summary>How many probes came for a host since its last trouble was set.</summary>
    public int ProbesOf(string host) => _probes.GetValueOrDefault(IPAddress.Parse(host));

    public void Set(IPAddress host, Func<ReadOnlyMemory<byte>, IEnumerable<(byte[] Packet, TimeSpan Delay)>> trouble)
    {
        _troubles[host] = trouble;
        _probes[host] = 0;
    }

    /// <summary>It drops everything, without a word.</summary>
    public void Vanish(string host) => Set(IPAddress.Parse(host), _ => []);

    /// <summary>A router on the way says that it is unreachable.</summary>
    public void Refuse(string host) => Set(IPAddress.Parse(host), probe => [(LinePacket.Refusal(probe.Span), TimeSpan.Zero)]);

    public IEnumerable<(byte[] Packet, TimeSpan Delay)> Pass(IPAddress host, ReadOnlyMemory<byte> probe)
    {
        _probes.AddOrUpdate(host, 1, (_, count) => count + 1);
        if (Interlocked.Increment(ref _all) == wanted)
            Passed.Set();
        return _troubles.TryGetValue(host, out var trouble) ? trouble(probe) : [(LinePacket.Answer(probe.Span), TimeSpan.Zero)];
    }
}
