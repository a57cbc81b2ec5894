using System.Text.Json;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Cli;

[Parallelizable(ParallelScope.All)]
internal sealed class IamPolicyTests
{
    private static readonly string[] Everything = [.. Enum.GetNames<Ec2Action>().Order()];

    [Test]
    public async Task Policy_Vpc_LetsWriteToItsTablesOnly()
    {
        var (read, write) = await PolicyAsync("-v", "vpc-350d6a51", "-r", "us-east-1", "--account", "123456789012");

        read.GetProperty("Resource").GetString().Should().Be("*");
        read.TryGetProperty("Condition", out _).Should().BeFalse();
        write.GetProperty("Resource").GetString().Should().Be("arn:aws:ec2:us-east-1:123456789012:route-table/*");
        write.GetProperty("Condition").GetRawText().Should().MatchRegex("^{\\s*\"ArnEquals\": {\\s*\"ec2:Vpc\": \"arn:aws:ec2:us-east-1:123456789012:vpc/vpc-350d6a51\"\\s*}\\s*}$");
    }

    [Test]
    public async Task Policy_TagAndNoPlace_HoldsAnywhereWithTheTag()
    {
        var (_, write) = await PolicyAsync("--tag", "vpc-router=managed");

        write.GetProperty("Resource").GetString().Should().Be("arn:aws:ec2:*:*:route-table/*");
        write.GetProperty("Condition").GetProperty("StringEquals").GetProperty("aws:ResourceTag/vpc-router").GetString().Should().Be("managed");
    }

    [Test]
    public async Task Policy_VpcWithoutAccount_MatchesByPattern()
    {
        var (_, write) = await PolicyAsync("-v", "vpc-1", "-r", "us-east-1");

        write.GetProperty("Condition").GetProperty("ArnLike").GetProperty("ec2:Vpc").GetString().Should().Be("arn:aws:ec2:us-east-1:*:vpc/vpc-1");
    }

    [TestCase("cn-north-1", "aws-cn")]
    [TestCase("us-gov-west-1", "aws-us-gov")]
    [TestCase("eu-west-1", "aws")]
    public async Task Policy_Region_TellsThePartition(string region, string partition)
    {
        var (_, write) = await PolicyAsync("-v", "vpc-1", "-r", region);

        write.GetProperty("Resource").GetString().Should().Be($"arn:{partition}:ec2:{region}:*:route-table/*");
    }

    // Every action that the router and the doctor call, through every kind of change, is in the policy; and nothing is in it that they don't.
    [Test]
    public async Task Policy_Actions_AreThoseThatAreCalled()
    {
        await using var rig = await CliRig.StartAsync();
        foreach (var hosts in new[] { "127.0.1.10", "127.0.11.10" })
            await rig.RunAsync("apply", "-m", "fixedconf", "--fixed-cidr", "10.1.0.0/16", "--fixed-hosts", hosts, "-H", "always");
        await rig.RunAsync("apply", "-m", "fixedconf", "--fixed-cidr", "10.2.0.0/16", "--fixed-hosts", "127.0.1.10", "-H", "always");
        await rig.RunAsync("doctor", "-m", "fixedconf", "--fixed-cidr", "10.2.0.0/16", "--fixed-hosts", "127.0.1.10", "-H", "always");

        var (read, write) = await PolicyAsync("-v", "vpc-350d6a51");

        var called = rig.Simulator.Vpc.GetCalls().Select(call => call.Action).Distinct().Order().ToList();
        Actions(read).Concat(Actions(write)).Order().Should().Equal(called).And.Equal(Everything);
        rig.Writes().Where(call => call.Result == "OK").Select(call => call.Action).Distinct().Should().BeEquivalentTo(Actions(write));
    }

    private static IEnumerable<string> Actions(JsonElement statement) =>
        statement.GetProperty("Action").EnumerateArray().Select(action => action.GetString()!["ec2:".Length..]);

    private static async Task<(JsonElement Read, JsonElement Write)> PolicyAsync(params string[] args)
    {
        var result = await CliProcess.RunAsync(["iam-policy", .. args]);
        result.ExitCode.Should().Be(0, string.Join('\n', result.Errors));
        var policy = JsonSerializer.Deserialize<JsonElement>(string.Join('\n', result.Output));
        policy.GetProperty("Version").GetString().Should().Be("2012-10-17");
        var statements = policy.GetProperty("Statement").EnumerateArray().ToList();
        statements.Should().HaveCount(2).And.OnlyContain(statement => statement.GetProperty("Effect").GetString() == "Allow");
        return (statements[0], statements[1]);
    }
}
