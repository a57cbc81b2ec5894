using System.Net;
using System.Text.Json;
using VpcRouter.Simulator;
using VpcRouter.Tests.Adapter;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Cli;

/// <summary>The life of the service, from its start to its end.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DaemonTests
{
    private static readonly string[] Fixed = ["-m", "fixedconf", "--fixed-cidr", "10.1.0.0/16", "--fixed-hosts", "127.0.1.10:127.0.11.10", "-H", "always"];

    // It stops within 5 s, without waiting for a look that would go on for 15; the rest is for a machine with much else to do.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(14);

    [Test]
    public async Task FixedConf_Started_RoutesStand()
    {
        await using var rig = await CliRig.StartAsync();
        await using var router = rig.Start(Fixed);

        await rig.Awaiting(it => it.UntilRoutedAsync("10.1.0.0/16")).Should().NotThrowAsync();
    }

    [Test]
    public async Task Run_NamedAsCommand_DoesTheSame()
    {
        await using var rig = await CliRig.StartAsync();
        await using var router = rig.Start(["run", .. Fixed]);

        await rig.Awaiting(it => it.UntilRoutedAsync("10.1.0.0/16")).Should().NotThrowAsync();
    }

    // The endpoint's name doesn't resolve anywhere; without credentials nothing is asked of it in the first place.
    [Test]
    public async Task Run_WithoutCredentials_SaysSoAndKeepsTrying()
    {
        using var folder = new TemporaryFolder();
        await using var router = CliProcess.Start(
            [.. Fixed, .. CliRig.PlaceAt(new Uri("http://ec2.invalid")), "-p", "0"],
            ("AWS_SHARED_CREDENTIALS_FILE", folder["none"]),
            ("AWS_CONFIG_FILE", folder["none"]));

        (await router.LineAsync("NoCredentials")).Should().Contain("AWS_ACCESS_KEY_ID").And.Contain("next try in 1 s");
        router.Terminate();

        (await router.ExitAsync(StopLimit)).ExitCode.Should().Be(0);
    }

    [Test]
    public async Task Http_SpecPosted_RoutesStand()
    {
        await using var rig = await CliRig.StartAsync();
        await using var router = rig.Start("-m", "http", "-H", "always");
        var url = await router.UrlAsync();

        using var client = new HttpClient();
        using var body = new StringContent(CliRig.SpecOf("10.3.0.0/16"));
        using var answer = await client.PostAsync(new Uri(url, "/route_spec"), body);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        await rig.UntilRoutedAsync("10.3.0.0/16");
    }

    [Test]
    public async Task LogFile_Given_HoldsTheLog()
    {
        await using var rig = await CliRig.StartAsync();
        var log = rig.Folder["router.log"];
        await using var router = rig.Start([.. Fixed, "--logfile", log]);
        await rig.UntilRoutedAsync("10.1.0.0/16");

        router.Terminate();
        var result = await router.ExitAsync(StopLimit);

        result.Output.Should().BeEmpty();
        (await File.ReadAllTextAsync(log)).Should().Contain("10.1.0.0/16").And.Contain("Stopped");
    }

    [Test]
    public async Task Endpoint_AppearsLate_RouterSaysSoAndRecovers()
    {
        using var port = new HeldPort();
        var url = port.Url;
        await using var router = CliProcess.Start([.. Fixed, .. CliRig.PlaceAt(url), "-p", "0"]);
        (await router.LineAsync("can't be looked at")).Should().Contain(url.Authority);

        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Listen = IPEndPoint.Parse(url.Authority), ProbePort = 0 });
        await router.LineAsync("can be looked at again");

        (await router.LineAsync("10.1.0.0/16")).Should().Contain("rtb-a");
    }

    [Test]
    public async Task Terminate_Idle_ExitsFineInTime()
    {
        await using var rig = await CliRig.StartAsync();
        await using var router = rig.Start(Fixed);
        await rig.UntilRoutedAsync("10.1.0.0/16");
        await router.UrlAsync();

        router.Terminate();

        (await router.ExitAsync(StopLimit)).Should().Match<CliResult>(result => result.ExitCode == 0 && result.Errors.Count == 0);
    }

    [Test]
    public async Task Terminate_WhileALookHangs_ExitsFineInTime()
    {
        using var endpoint = new SilentEndpoint();
        await using var router = CliProcess.Start([.. Fixed, .. CliRig.PlaceAt(endpoint.Url), "-p", "0"]);
        await endpoint.Connected.WaitAsync(CliProcess.Patience);
        await router.UrlAsync();

        router.Terminate();

        (await router.ExitAsync(StopLimit)).Should().Match<CliResult>(result => result.ExitCode == 0 && result.Errors.Count == 0);
    }

    [Test]
    public async Task Terminate_WhileAWriteHangs_ExitsFineInTimeAndSaysSo()
    {
        await using var rig = await CliRig.StartAsync();
        using var held = new HeldWrite(rig.Simulator.Vpc);
        await using var router = rig.Start("-m", "http", "-H", "always");
        using var client = new HttpClient { BaseAddress = await router.UrlAsync() };
        using var body = new StringContent(CliRig.SpecOf("10.1.0.0/16"));
        // At once: it stops after 4 s, and after 5 s the write gives up by itself.
        held.OnBegun = router.Terminate;

        using var answer = await client.PostAsync(new Uri("/route_spec", UriKind.Relative), body);
        await held.Begun;
        var result = await router.ExitAsync(CliProcess.Patience);

        // Said only when it ends without the answer, which never comes.
        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain(line => line.Contains("still under way", StringComparison.Ordinal));
    }

    [Test]
    public async Task Start_PortInUse_FailsWithOneLine()
    {
        await using var rig = await CliRig.StartAsync();
        using var taken = new SilentEndpoint();
        await using var router = CliProcess.Start([.. Fixed, .. CliRig.PlaceAt(rig.Simulator.Endpoint), "-p", $"{taken.Url.Port}", "-a", "127.0.0.1"]);

        var result = await router.ExitAsync(CliProcess.Patience);

        result.ExitCode.Should().Be(1);
        result.Errors.Should().ContainSingle().Which.Should().ContainAll("--address", $"--port \"{taken.Url.Port}\"", "in use");
        result.Output.Should().NotContain(line => line.Contains("   at ", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal));
    }

    [TestCase("192.0.2.1")]
    [TestCase("2001:db8::1")]
    public async Task Start_AddressOfAnotherMachine_FailsWithOneLine(string address)
    {
        await using var rig = await CliRig.StartAsync();

        var result = await CliProcess.RunAsync([.. Fixed, "-a", address, .. rig.Place]);

        result.ExitCode.Should().Be(1);
        result.Errors.Should().ContainSingle().Which.Should().ContainAll("--address", $"\"{address}\"", "--port");
    }

    [Test]
    public async Task Log_RouteCreated_SaysWhereToAndWhy()
    {
        await using var rig = await CliRig.StartAsync();
        await using var router = rig.Start(Fixed);

        (await router.LineAsync("Done: ")).Should().ContainAll("create 10.1.0.0/16 in rtb-", "to 127.0.", "(eni-", "the route is missing");
    }

    [Test]
    public async Task Metadata_Available_GivesRegionAndVpc()
    {
        await using var rig = await CliRig.StartAsync();
        await using var router = CliProcess.Start(
            [.. Fixed, "-p", "0", "--endpoint-url", rig.Simulator.Endpoint.ToString()],
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", rig.Simulator.Endpoint.ToString()),
            ("AWS_EC2_METADATA_DISABLED", null));

        (await router.LineAsync("Managing routes")).Should().Contain("vpc-350d6a51").And.Contain("us-east-1");
        await rig.UntilRoutedAsync("10.1.0.0/16");
    }

    [Test]
    public async Task Demo_EightSeconds_EveryFailoverCompletes()
    {
        var result = await CliProcess.RunAsync(["demo", "--duration", "8", "--json"]);

        using var report = JsonDocument.Parse(result.Output[^1]);
        report.RootElement.GetProperty("completed").GetInt32().Should().BePositive().And.Be(report.RootElement.GetProperty("failovers").GetInt32());
        result.ExitCode.Should().Be(0);
    }
}
