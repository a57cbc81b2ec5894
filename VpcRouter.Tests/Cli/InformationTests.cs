namespace VpcRouter.Tests.Cli;

/// <summary>The runs that tell something and end.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class InformationTests
{
    [TestCase("-m configfile -H tcp --help", "--tcp-check-port", "--icmp-check-interval")]
    [TestCase("-m configfile -H tcp --help", "--file", "--fixed-cidr")]
    [TestCase("-m fixedconf --help", "--fixed-cidr", "--file")]
    [TestCase("plan -m fixedconf -H always --help", "--fixed-hosts", "--tcp-check-port")]
    [TestCase("plan -m fixedconf -H always --help", "--managed-cidrs", "--port")]
    [TestCase("apply -m fixedconf -H always --help", "--write-rate", "--route-recheck-interval")]
    [TestCase("explain -m fixedconf -H always --help", "DESTINATION", "--dry-run")]
    [TestCase("doctor -m fixedconf -H icmpecho --help", "--route-quota", "--fall")]
    [TestCase("iam-policy --help", "--account", "--mode")]
    [TestCase("-m http -H multi --multi-plugins tcp --help", "--tcp-check-port", "--icmp-check-interval")]
    public async Task Help_PluginsChosen_ShowsTheirFlagsOnly(string args, string shown, string hidden)
    {
        var result = await CliProcess.RunAsync(args.Split(' '));

        string.Join('\n', result.Output).Should().Contain(shown).And.NotContain(hidden);
    }

    [Test]
    public async Task Help_Always_ExitsFine() => (await CliProcess.RunAsync(["--help"])).Should().Match<CliResult>(result => result.ExitCode == 0 && result.Errors.Count == 0);

    [Test]
    public async Task Version_Always_IsOneLine() =>
        (await CliProcess.RunAsync(["--version"])).Output.Should().ContainSingle().Which.Should().MatchRegex(@"^\d+\.\d+\.\d+");

    [Test]
    public async Task Plugins_Always_ListsAllWithTheirSettings() =>
        (await CliProcess.RunAsync(["plugins"])).Output.Should()
            .Contain(line => line.StartsWith("watcher configfile", StringComparison.Ordinal))
            .And.Contain(line => line.StartsWith("monitor tcp", StringComparison.Ordinal))
            .And.Contain(line => line.Contains("--tcp-check-port", StringComparison.Ordinal));
}
