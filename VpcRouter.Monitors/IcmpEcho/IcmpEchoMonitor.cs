using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using VpcRouter.Monitors.Probing;
using VpcRouter.Probing;
using VpcRouter.Plugins;

namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>A host is alive when it answers pings.</summary>
internal sealed class IcmpEchoMonitor : ProbeMonitor
{
    private readonly EchoEngine _engine;

    /// <exception cref="PluginException">This machine doesn't let the program send ICMP.</exception>
    public IcmpEchoMonitor(IcmpEchoSettings settings, TimeProvider time, ILogger<IcmpEchoMonitor> logger)
        : this(settings, EchoSocket.Open, time, logger)
    {
    }

    internal IcmpEchoMonitor(IcmpEchoSettings settings, Func<AddressFamily, IEchoSocket> open, TimeProvider time, ILogger<IcmpEchoMonitor> logger)
        : base("icmpecho", "pings_sent", ProbeTiming.Of(settings.Interval, settings.Timeout), settings, time, logger) =>
        _engine = new EchoEngine(open, time, logger);

    public override async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override async ValueTask<ProbeResult> ProbeAsync(IPAddress host, CancellationToken deadline)
    {
        try
        {
            return ProbeResult.Alive(await _engine.PingAsync(host, deadline).ConfigureAwait(false));
        }
        catch (SocketException e)
        {
            return SocketTrouble.Classify(e);
        }
    }
}
