using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace VpcRouter.Tests.Simulator;

/// <summary>The real command line client against the simulator; inconclusive where it isn't installed.</summary>
public sealed class AwsCliTests : SimulatorFixture
{
    private static readonly string[] Candidates = ["/usr/bin/aws", "aws"];

    [Test]
    public async Task DescribeRouteTables_Filtered_ShowsRoutes()
    {
        var answer = await AwsAsync("describe-route-tables", "--filters", "Name=vpc-id,Values=vpc-1", "--page-size", "5");
        answer.GetProperty("RouteTables").GetArrayLength().Should().Be(3);
    }

    [Test]
    public async Task RouteWrites_OneAfterTheOther_MoveTheRoute()
    {
        await AwsAsync("create-route", "--route-table-id", "rtb-1", "--destination-cidr-block", "10.7.0.1/16", "--network-interface-id", "eni-1");
        Router().Should().Be("127.9.1.10");
        await AwsAsync("replace-route", "--route-table-id", "rtb-1", "--destination-cidr-block", "10.7.0.0/16", "--network-interface-id", "eni-2");
        Router().Should().Be("127.9.2.10");
        await AwsAsync("delete-route", "--route-table-id", "rtb-1", "--destination-cidr-block", "10.7.0.0/16");
        Router().Should().BeNull();
    }

    [Test]
    public async Task DescribeNetworkInterfaces_ByAddress_FindsOne()
    {
        var answer = await AwsAsync("describe-network-interfaces", "--filters", "Name=addresses.private-ip-address,Values=127.9.1.20");
        answer.GetProperty("NetworkInterfaces")[0].GetProperty("NetworkInterfaceId").GetString().Should().Be("eni-1");
    }

    [Test]
    public async Task DescribeInstances_All_ShowsStates()
    {
        var answer = await AwsAsync("describe-instances");
        answer.GetProperty("Reservations")[0].GetProperty("Instances")[0].GetProperty("State").GetProperty("Name").GetString().Should().Be("running");
    }

    [TestCase("describe-vpcs", "Vpcs")]
    [TestCase("describe-subnets", "Subnets")]
    [TestCase("describe-availability-zones", "AvailabilityZones")]
    [TestCase("describe-instance-status", "InstanceStatuses")]
    [TestCase("describe-managed-prefix-lists", "PrefixLists")]
    public async Task OtherDescribes_All_ShowSomething(string command, string list) =>
        (await AwsAsync(command)).GetProperty(list).GetArrayLength().Should().BePositive();

    [Test]
    public async Task InstanceAndInterfaceWrites_One_AreAccepted()
    {
        await AwsAsync("modify-network-interface-attribute", "--network-interface-id", "eni-2", "--no-source-dest-check");
        Host.Vpc.Model.Interfaces["eni-2"].SourceDestCheck.Should().BeFalse();
        foreach (var command in new[] { "stop-instances", "start-instances", "terminate-instances" })
            await AwsAsync(command, "--instance-ids", "i-1");
        Host.Vpc.GetState().Hosts[0].InstanceState.Should().Be("terminated");
    }

    private string? Router() => Host.Vpc.GetState().RouteTables.Single(t => t.Main).Routes.SingleOrDefault(r => r.Destination == "10.7.0.0/16")?.Router;

    private async Task<JsonElement> AwsAsync(string command, params string[] arguments)
    {
        using var process = Start(["--endpoint-url", Host.Endpoint.ToString(), "--output", "json", "--no-cli-pager", "ec2", command, .. arguments]);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, await errors);
        return JsonSerializer.Deserialize<JsonElement>(output.Length == 0 ? "{}" : output);
    }

    private static Process Start(IReadOnlyList<string> arguments)
    {
        foreach (var candidate in Candidates)
        {
            var start = new ProcessStartInfo(candidate, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["AWS_ACCESS_KEY_ID"] = start.Environment["AWS_SECRET_ACCESS_KEY"] = "x";
            start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
            start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
            start.Environment.Remove("AWS_CA_BUNDLE");
            start.Environment.Remove("AWS_PROFILE");
            try
            {
                return Process.Start(start)!;
            }
            catch (Win32Exception)
            {
                // Not installed there.
            }
        }

        Assert.Ignore("The aws command line client is installed neither at /usr/bin/aws nor on the PATH.");
        throw new UnreachableException();
    }
}
