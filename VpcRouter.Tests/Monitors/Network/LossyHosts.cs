using System.Net;
using VpcRouter.Benchmarks.Network;

namespace VpcRouter.Tests.Monitors.Network;

/// <summary>Loses requests and answers alike, and keeps count of what it has done to whom.</summary>
/// <param name="loss">The share of packets that is lost, each way.</param>
/// <param name="run">How many lost in a row make a run.</param>
/// <param name="wanted">After how many probes <see cref="Passed"/> is set.</param>
internal sealed class LossyHosts(double loss, int run, int wanted) : ILineFaults
{
    private readonly Random _random = new(1);
    private readonly Dictionary<IPAddress, (int Lost, int Runs)> _hosts = [];
    private int _probes;

    public ManualResetEventSlim Passed { get; } = new();

    public int Probes => Volatile.Read(ref _probes);

    /// <summary>How likely a probe gets no answer.</summary>
    public double ProbeLoss => 1 - ((1 - loss) * (1 - loss));

    /// <summary>How many runs of lost probes a host has had.</summary>
    public int RunsOf(IPAddress host)
    {
        lock (_hosts)
            return _hosts.GetValueOrDefault(host).Runs;
    }

    public IEnumerable<(byte[] Packet, TimeSpan Delay)> Pass(IPAddress host, ReadOnlyMemory<byte> probe)
    {
        var isLost = _random.NextDouble() < ProbeLoss;
        lock (_hosts)
        {
            var (lost, runs) = _hosts.GetValueOrDefault(host);
            lost = isLost ? lost + 1 : 0;
            _hosts[host] = (lost, lost == run ? runs + 1 : runs);
        }

        if (Interlocked.Increment(ref _probes) == wanted)
            Passed.Set();
        return isLost ? [] : [(LinePacket.Answer(probe.Span), TimeSpan.Zero)];
    }
}
