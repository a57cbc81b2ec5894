using System.Net;
using McMaster.Extensions.CommandLineUtils;
using VpcRouter.Cli.Settings;
using VpcRouter.Simulator;
using VpcRouter.Simulator.Faults;
using VpcRouter.Simulator.Topologies;

namespace VpcRouter.Cli.Commands;

/// <summary><c>vpcrouter simulate</c>: an EC2 endpoint on loopback, until SIGTERM or SIGINT.</summary>
internal static class SimulateCommand
{
    public static void Configure(CommandLineApplication command)
    {
        var listen = command.Option("--listen <ENDPOINT>", "loopback address and port to serve EC2 on [127.0.0.1:4599]", CommandOptionType.SingleValue);
        var topology = command.Option("--topology <FILE>", "the VPC, as in examples/topology.json [that one]", CommandOptionType.SingleValue);
        var faults = command.Option("--faults <FILE>", "how nasty it is, as in examples/faults.json [not at all]", CommandOptionType.SingleValue);
        command.OnExecute(async () =>
        {
            var options = new SimulatorOptions
            {
                Listen = EndPointOf(listen.Value() ?? "127.0.0.1:4599"),
                Topology = TopologyOf(topology.Value()),
                Faults = FaultsOf(faults.Value()),
            };
            using var interrupt = new Interrupt();
            await using var simulator = await StartAsync(options).ConfigureAwait(false);
            Tell(simulator);
            await interrupt.WaitAsync().ConfigureAwait(false);
            return ExitCodes.Fine;
        });
    }

    private static async Task<SimulatorHost> StartAsync(SimulatorOptions options)
    {
        try
        {
            return await SimulatorHost.StartAsync(options).ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
        catch (FaultsException e)
        {
            throw new UsageException([.. e.Errors.Select(error => $"--faults: {error}")]);
        }
    }

    private static IPEndPoint EndPointOf(string text) =>
        IPEndPoint.TryParse(text, out var endPoint) && text.Contains(':', StringComparison.Ordinal)
            ? IPAddress.IsLoopback(endPoint.Address) ? endPoint : throw new UsageException($"--listen \"{text}\" is not a loopback address; the simulator checks no credentials, so give for example 127.0.0.1:4599")
            : throw new UsageException($"--listen \"{text}\" is not an address and port; give for example 127.0.0.1:4599");

    private static SimulatorTopology TopologyOf(string? path)
    {
        if (path is null)
            return SimulatorTopology.Default;
        try
        {
            return SimulatorTopology.Load(path);
        }
        catch (TopologyException e)
        {
            throw new UsageException([.. e.Errors.Select(error => $"--topology \"{path}\": {error}")]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--topology \"{path}\" can't be read: {e.Message}");
        }
    }

    private static SimulatorFaults FaultsOf(string? path)
    {
        if (path is null)
            return SimulatorFaults.None;
        try
        {
            return SimulatorFaults.Load(path);
        }
        catch (FaultsException e)
        {
            throw new UsageException([.. e.Errors.Select(error => $"--faults \"{path}\": {error}")]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--faults \"{path}\" can't be read: {e.Message}");
        }
    }

    private static void Tell(SimulatorHost simulator)
    {
        var endpoint = simulator.Endpoint.ToString().TrimEnd('/');
        Console.WriteLine($"EC2 at {endpoint}, VPC {simulator.Vpc.VpcId} in region {simulator.Vpc.Region}");
        foreach (var host in simulator.Vpc.GetState().Hosts)
            Console.WriteLine($"    host {host.Address,-15} {host.Interface} in {host.Zone}" + (simulator.ProbePort > 0 ? $", answers on TCP port {simulator.ProbePort}" : ""));
        Console.WriteLine($"Kill a host:   curl -X PUT -d dead {endpoint}/_simulator/hosts/ADDRESS/state   (alive, dead, stopping, stopped, terminated, replaced, detached)");
        Console.WriteLine($"Impair a host: curl -X PUT -d impaired {endpoint}/_simulator/hosts/ADDRESS/status   (ok, impaired, retiring, initializing)");
        Console.WriteLine($"Announce:      curl -X PUT -d '{{\"events\":[{{\"code\":\"instance-stop\"}}]}}' {endpoint}/_simulator/hosts/ADDRESS/events   ({{}} to take it back)");
        Console.WriteLine($"Be nasty:      curl -X PUT -d @examples/faults.json {endpoint}/_simulator/faults   ({{}} to stop; GET shows what struck)");
        Console.WriteLine($"See the state: curl {endpoint}/_simulator/state");
    }
}
