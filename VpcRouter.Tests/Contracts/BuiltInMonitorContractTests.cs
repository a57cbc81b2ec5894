using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using VpcRouter.Monitors;
using VpcRouter.Plugins;
using VpcRouter.Tests.Monitors.Ec2Status;
using VpcRouter.Tests.Monitors.Http;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Contracts;

internal sealed class BuiltInMonitorContractTests
{
    private const string Healthy = "127.77.9.1";
    private static readonly string[] Failing = ["127.77.9.2", "127.77.9.3"];

    [Test]
    public async Task Always_KeepsTheContract() => await MonitorContract.CheckAsync(Monitor("always"));

    [Test]
    public async Task Tcp_KeepsTheContract()
    {
        using var listener = Listen();

        await MonitorContract.CheckAsync(
            Tcp("tcp", listener),
            Options() with { BadSettings = [("tcp-check-port", "0"), ("tcp-check-interval", "x"), ("fall", "0"), ("rise", "101")] });
    }

    [Test]
    public async Task Http_KeepsTheContract()
    {
        await using var server = ScriptedServer.Answering(Healthy, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        await MonitorContract.CheckAsync(
            Monitor("http").With("http-check-port", Text(server.Port)).With("http-check-interval", "0.1"),
            Options() with { BadSettings = [("http-check-path", "healthz"), ("http-check-status", "399-200")] });
    }

    [Test]
    public async Task IcmpEcho_KeepsTheContract()
    {
        try
        {
            // Every address of the loopback network answers pings, so nobody fails here.
            await MonitorContract.CheckAsync(
                Monitor("icmpecho").With("icmp-check-interval", "0.1"),
                Options() with { FailedHosts = [], BadSettings = [("icmp-check-interval", "0.05")] });
        }
        catch (PluginException e)
        {
            Assert.Ignore(e.Message);
        }
    }

    [Test]
    public async Task Ec2Status_KeepsTheContract()
    {
        var instances = new FakeInstances();
        foreach (var host in Failing)
            instances.Set(host, InstanceState.Stopped);

        await MonitorContract.CheckAsync(
            Monitor("ec2status").With("ec2-status-interval", "0.1").WithServices(services => services.AddSingleton<IInstanceStatusApi>(instances)),
            Options() with { BadSettings = [("ec2-status-interval", "0"), ("ec2-status-fall", "0")] });
    }

    [Test]
    public async Task Multi_KeepsTheContract()
    {
        using var listener = Listen();

        await MonitorContract.CheckAsync(
            Tcp("multi", listener).With("multi-plugins", "tcp:always"),
            Options() with { BadSettings = [("multi-plugins", ""), ("multi-mode", "most")] });
    }

    private static MonitorContractOptions Options() => new() { HealthyHosts = [Healthy], FailedHosts = Failing };

    private static PluginHarness Monitor(string name) => PluginHarness.For(PluginKind.Monitor, name, BuiltInMonitors.Assembly);

    private static PluginHarness Tcp(string name, TcpListener listener) =>
        Monitor(name).With("tcp-check-port", Text(((IPEndPoint)listener.LocalEndpoint).Port)).With("tcp-check-interval", "0.1");

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Parse(Healthy), 0);
        listener.Start();
        return listener;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
