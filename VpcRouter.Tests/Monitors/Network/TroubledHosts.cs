using System.Net;
using VpcRouter.Benchmarks.Network;

namespace VpcRouter.Tests.Monitors.Network;

/// <summary>Hosts whose troubles a test sets one by one.</summary>
/// <param name="wanted">After how many probes <see cref="Passed"/> is set.</param>
internal sealed class TroubledHosts(int wanted = int.MaxValue) : ILineFaults
{
    private readonly Dictionary<IPAddress, Func<ReadOnlyMemory<byte>, IEnumerable<(byte[] Packet, TimeSpan Delay)>>> _troubles = [];
    private readonly Dictionary<IPAddress, int> _probes = [];
    private int _all;

    public ManualResetEventSlim Passed { get; } = new();

    /// <summary>How many probes came for a host since its last trouble was set.</summary>
    public int ProbesOf(string host)
    {
        lock (_troubles)
            return _probes.GetValueOrDefault(IPAddress.Parse(host));
    }

    public void Set(IPAddress host, Func<ReadOnlyMemory<byte>, IEnumerable<(byte[] Packet, TimeSpan Delay)>> trouble)
    {
        // Together, or a probe that meets the new trouble would be counted with those before it.
        lock (_troubles)
        {
            _troubles[host] = trouble;
            _probes[host] = 0;
        }
    }

    /// <summary>It drops everything, without a word.</summary>
    public void Vanish(string host) => Set(IPAddress.Parse(host), _ => []);

    /// <summary>A router on the way says that it is unreachable.</summary>
    public void Refuse(string host) => Set(IPAddress.Parse(host), probe => [(LinePacket.Refusal(probe.Span), TimeSpan.Zero)]);

    public IEnumerable<(byte[] Packet, TimeSpan Delay)> Pass(IPAddress host, ReadOnlyMemory<byte> probe)
    {
        Func<ReadOnlyMemory<byte>, IEnumerable<(byte[] Packet, TimeSpan Delay)>>? trouble;
        lock (_troubles)
        {
            _probes[host] = _probes.GetValueOrDefault(host) + 1;
            _troubles.TryGetValue(host, out trouble);
        }

        if (Interlocked.Increment(ref _all) == wanted)
            Passed.Set();
        return trouble?.Invoke(probe) ?? [(LinePacket.Answer(probe.Span), TimeSpan.Zero)];
    }
}
