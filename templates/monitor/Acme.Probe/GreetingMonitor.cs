using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using VpcRouter.Probing;

namespace Acme.Probe;

/// <summary>A host is alive when it accepts a connection and greets as expected. When to probe, and how often a host must fail, is the base class's concern.</summary>
public sealed class GreetingMonitor(GreetingSettings settings, TimeProvider time, ILogger<GreetingMonitor> logger)
    : ProbeMonitor("Acme.Probe", "greetings_awaited", new ProbeTiming(settings.Interval, settings.Timeout), settings, time, logger)
{
    private readonly byte[] _expected = Encoding.UTF8.GetBytes(settings.Greeting);

    protected override async ValueTask<ProbeResult> ProbeAsync(IPAddress host, CancellationToken deadline)
    {
        var begun = Time.GetTimestamp();
        try
        {
            using var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(host, settings.Port), deadline);
            var greeting = new byte[_expected.Length];
            for (var read = 0; read < greeting.Length;)
            {
                var count = await socket.ReceiveAsync(greeting.AsMemory(read), deadline);
                if (count == 0)
                    return ProbeResult.Dead("it hung up before it had greeted");
                read += count;
            }

            return greeting.AsSpan().SequenceEqual(_expected) ? ProbeResult.Alive(Time.GetElapsedTime(begun)) : ProbeResult.Dead("it greets otherwise");
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
        {
            return ProbeResult.Inconclusive(e.Message);
        }
        catch (SocketException e)
        {
            return ProbeResult.Dead(e.Message);
        }
    }
}
