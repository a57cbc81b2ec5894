using System.Collections.Frozen;
using System.Net;
using VpcRouter.Benchmarks.Network;

namespace VpcRouter.Benchmarks.Detection;

/// <summary>Hosts that answer until their moment has come, and then without a word no more.</summary>
/// <param name="moments">The time stamp at which a host dies; one that isn't named lives on.</param>
internal sealed class DyingHosts(IReadOnlyDictionary<IPAddress, long> moments) : ILineFaults
{
    private readonly FrozenDictionary<IPAddress, long> _moments = moments.ToFrozenDictionary();

    public IEnumerable<(byte[] Packet, TimeSpan Delay)> Pass(IPAddress host, ReadOnlyMemory<byte> probe) =>
        _moments.TryGetValue(host, out var moment) && moment <= TimeProvider.System.GetTimestamp() ? [] : [(LinePacket.Answer(probe.Span), TimeSpan.Zero)];
}
