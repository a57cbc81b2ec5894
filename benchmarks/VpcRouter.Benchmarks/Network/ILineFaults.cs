using System.Net;

namespace VpcRouter.Benchmarks.Network;

/// <summary>What becomes of probes on a line. Called on the line's thread only.</summary>
internal interface ILineFaults
{
    /// <summary>Says what comes back for a probe: nothing, one packet or several, each after a delay.</summary>
    IEnumerable<(byte[] Packet, TimeSpan Delay)> Pass(IPAddress host, ReadOnlyMemory<byte> probe);
}
