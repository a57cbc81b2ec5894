using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Cli;

/// <summary>Whatever is wrong with what the user gave: exit code 2, one line a fault, and nothing on the standard output.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class WrongUsageTests
{
    private static readonly string[] Place = ["-r", "us-east-1", "-v", "vpc-350d6a51", "-p", "0", "--endpoint-url", "http://127.0.0.1:9"];
    private static readonly string[] Fixed = ["-m", "fixedconf", "--fixed-cidr", "10.1.0.0/16", "--fixed-hosts", "10.0.0.1", "-H", "always"];
    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void MakeFiles()
    {
        _folder = new TemporaryFolder();
        _folder.Write("spec.json", """{ "10.1.0.0/16": ["10.0.0.1"] }""");
        _folder.Write("broken.json", "{");
        _folder.Write("unknown.json", """{ "mode": "fixedconf", "fixed_cidr": "10.1.0.0/16", "fixed_hosts": "10.0.0.1", "colour": 1 }""");
        _folder.Write("list.json", "[1]");
        _folder.Write("short.token", "secret");
        _folder.Write("state/route-spec", "half of a spe");
    }

    [OneTimeTearDown]
    public void RemoveFiles() => _folder.Dispose();

    // Each case: what the line must say (setting, value, remedy), separated by |, and the arguments; @ stands for the folder.
    [TestCase("--mode|is required|-m configfile", "")]
    [TestCase("--mode|\"nosuch\"|configfile, fixedconf, http", "-m nosuch")]
    [TestCase("--health|\"nosuch\"|always, ec2status, http, icmpecho, multi, tcp", "-m http -H nosuch")]
    [TestCase("--multi-plugins|\"nosuch\"|always, ec2status, http, icmpecho, multi, tcp", "-m http -H multi --multi-plugins nosuch:tcp")]
    [TestCase("--multi-plugins|is required|separated by", "-m http -H multi")]
    [TestCase("--file|is required|route spec file", "-m configfile -H always")]
    [TestCase("route spec file|@/missing.json|can't be read", "-m configfile -H always -f @/missing.json")]
    [TestCase("route spec file|@|is a directory", "-m configfile -H always -f @")]
    [TestCase("command comes first|vpcrouter plan", "-m fixedconf -H always plan")]
    [TestCase("command comes first|vpcrouter plan", "--verbose plan -m fixedconf -H always")]
    [TestCase("--ignore-routes|is empty|leave it out", "-m http -H always --ignore-routes=")]
    [TestCase("--address|is empty|leave it out", "-m http -H always --address=")]
    [TestCase("--fixed-cidr|\"10.1.0.0/33\"|10.55.16.0/24", "-m fixedconf --fixed-cidr 10.1.0.0/33 --fixed-hosts 10.0.0.1 -H always")]
    [TestCase("--fixed-cidr|\"10.1.0.0/33\"|10.55.16.0/24", "-m fixedconf --fixed_cidr 10.1.0.0/33 --fixed_hosts 10.0.0.1 -H always")]
    [TestCase("--fixed-hosts|\"10.0.0.300\"|10.33.20.93:10.33.30.22", "-m fixedconf --fixed-cidr 10.1.0.0/16 --fixed-hosts 10.0.0.1:10.0.0.300 -H always")]
    [TestCase("--port|\"70000\"|1 to 65535", "-m http -H always -p 70000")]
    [TestCase("--port|\"seven\"|whole number", "-m http -H always -p seven")]
    [TestCase("--tcp-check-port|\"0\"|1 to 65535", "-m http -H tcp --tcp-check-port 0")]
    [TestCase("--tcp-check-interval|\"0.01\"|0.1 to 3600 seconds", "-m http -H tcp --tcp-check-interval 0.01")]
    [TestCase("--tcp-check-interval|\"5000\"|0.1 to 3600 seconds", "-m http -H tcp --tcp_check_interval=5000")]
    [TestCase("--route-recheck-interval|\"3\"|0 (never) or 5 to 86400 seconds", "-m http -H always --route_recheck_interval 3")]
    [TestCase("--ignore-routes|\"nonsense\"|10.0.0.0/8", "-m http -H always --ignore-routes nonsense")]
    [TestCase("--colour|vpcrouter --help", "-m http -H always --colour red")]
    [TestCase("frobnicate|vpcrouter --help", "frobnicate")]
    [TestCase("--foo|vpcrouter plugins --help", "plugins --foo")]
    [TestCase("--tcp-check-port|monitor tcp|-H tcp", "-m http -H always --tcp-check-port 80")]
    [TestCase("--fixed-cidr|watcher fixedconf|-m fixedconf", "-m http -H always --fixed_cidr 10.0.0.0/8")]
    [TestCase("--logfile|@/no/such.log|can't be written", "-m http -H always -l @/no/such.log")]
    [TestCase("--config|@/broken.json|is not JSON", "--config @/broken.json")]
    [TestCase("--config|@/broken.json|is not JSON", "--config=@/broken.json")]
    [TestCase("--config|@/broken.json|is not JSON", "--config:@/broken.json")]
    [TestCase("--config|@/list.json|\"mode\": \"http\"", "--config @/list.json")]
    [TestCase("--config|@/missing.json|can't be read", "--config @/missing.json")]
    [TestCase("\"colour\"|@/unknown.json|--help", "--config @/unknown.json")]
    [TestCase("--address|\"0.0.0.0\"|--insecure", "-m http -H always -a 0.0.0.0")]
    [TestCase("--address|\"0.0.0.0\"|--token-file", "-m http -H always -a 0.0.0.0 --token-for-reads")]
    [TestCase("--token|--token-file|VPCROUTER_TOKEN", "-m http -H always --token secret")]
    [TestCase("--token-file|@/missing.token|can't be read", "-m http -H always --token-file @/missing.token")]
    [TestCase("--token-file|@/short.token|at least 16", "-m http -H always --token-file @/short.token -a 0.0.0.0")]
    [TestCase("--token-for-reads|--token-file|VPCROUTER_TOKEN", "-m http -H always --token-for-reads")]
    [TestCase("--tls-cert|--tls-key", "-m http -H always --tls-cert @/cert.pem")]
    [TestCase("--tls-key|--tls-cert", "-m http -H always --tls-key @/key.pem")]
    [TestCase("--tls-client-ca|--tls-cert", "-m http -H always --tls-client-ca @/ca.pem")]
    [TestCase("--tls-cert|@/missing.pem|can't be read", "-m http -H always --tls-cert @/missing.pem --tls-key @/missing.pem")]
    [TestCase("--state-dir|@/broken.json", "-m http -H always --state-dir @/broken.json")]
    [TestCase("@/state/route-spec|damaged|post the spec again", "-m http -H always --state-dir @/state")]
    [TestCase("--address|\"no.such.name.invalid\"|localhost", "-m http -H always -a no.such.name.invalid")]
    [TestCase("--mode|\"http\"|-m configfile", "plan -m http -H always")]
    [TestCase("--mode|is required|-m configfile", "apply -H always")]
    [TestCase("--mode|\"http\"|apply with -m configfile", "apply -m http -H always")]
    [TestCase("--wait|\"forever\"|0 to 3600", "apply -m fixedconf --fixed-cidr 10.1.0.0/16 --fixed-hosts 10.0.0.1 -H always --wait forever")]
    [TestCase("--dry-run|vpcrouter plan", "apply -m fixedconf --fixed-cidr 10.1.0.0/16 --fixed-hosts 10.0.0.1 -H always --dry-run")]
    [TestCase("DESTINATION|is required|10.55.16.0/24", "explain -m fixedconf --fixed-cidr 10.1.0.0/16 --fixed-hosts 10.0.0.1 -H always")]
    [TestCase("DESTINATION|\"10.1.0.0/33\"|pl-0123abcd", "explain 10.1.0.0/33 -m fixedconf --fixed-cidr 10.1.0.0/16 --fixed-hosts 10.0.0.1 -H always")]
    [TestCase("--mode|\"http\"|explain with -m configfile", "explain 10.1.0.0/16 -m http -H always")]
    [TestCase("--route-quota|\"0\"|1 to 1000", "doctor -H always --route-quota 0")]
    [TestCase("--vpc or --tag|is required|--tag vpc-router=managed", "iam-policy")]
    [TestCase("--tag|\"managed\"|vpc-router=managed", "iam-policy --tag managed")]
    [TestCase("--account|\"1234\"|twelve digits", "iam-policy -v vpc-1 --account 1234")]
    [TestCase("--duration|\"1\"|5 to 3600", "demo --duration 1")]
    [TestCase("--listen|\"0.0.0.0:1\"|127.0.0.1:4599", "simulate --listen 0.0.0.0:1")]
    [TestCase("--topology|@/missing.json|can't be read", "simulate --topology @/missing.json")]
    public async Task Start_OneFault_ExitsWithOneLine(string parts, string args)
    {
        string[] given = [.. args.Replace("@", _folder[""], StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var ofRouter = given is [] || given[0].StartsWith('-') || given[0] is "plan" or "apply" or "explain" or "doctor";

        var result = await CliProcess.RunAsync(ofRouter ? [.. given, .. Place.Where((_, i) => !given.Contains("-p") || i is not (4 or 5))] : given);

        ExpectOneLine(result).Should().ContainAll(parts.Replace("@", _folder[""], StringComparison.Ordinal).Split('|'));
    }

    [TestCase("VPCROUTER_TOKEN")]
    [TestCase("VPCROUTER_TOKEN_FILE")]
    public async Task Start_TokenVariableEmpty_IsNotTakenForNoToken(string variable)
    {
        var result = await CliProcess.RunAsync(["-m", "http", "-H", "always", "-p", "0", "-r", "us-east-1", "-v", "vpc-350d6a51"], (variable, ""));

        ExpectOneLine(result).Should().Contain("--token");
    }

    [TestCase("nonsense")]
    [TestCase("http://[bad")]
    [TestCase("http://127.0.0.1:99999")]
    [TestCase("ftp://127.0.0.1")]
    public async Task Start_BadEndpoint_ExitsWithOneLine(string url)
    {
        var result = await CliProcess.RunAsync([.. Fixed, "-r", "us-east-1", "-v", "vpc-350d6a51", "-p", "0", "--endpoint-url", url]);

        ExpectOneLine(result).Should().ContainAll("--endpoint-url", $"\"{url}\"", "http://127.0.0.1:4599");
    }

    [Test]
    public async Task Start_NoVpcAndNoMetadata_SaysWhatToGive()
    {
        var result = await CliProcess.RunAsync([.. Fixed, "-p", "0", "-r", "us-east-1"]);

        ExpectOneLine(result).Should().ContainAll("--vpc is not given", "AWS_EC2_METADATA_DISABLED", "--vpc vpc-350d6a51");
    }

    [Test]
    public async Task Start_NeitherRegionNorVpc_NamesBoth()
    {
        var result = await CliProcess.RunAsync([.. Fixed, "-p", "0"]);

        result.Errors.Should().SatisfyRespectively(
            line => line.Should().ContainAll("--region is not given", "--region us-east-1"),
            line => line.Should().ContainAll("--vpc is not given", "--vpc vpc-350d6a51"));
    }

    [Test]
    public async Task Start_SeveralFaults_NamesThemAll()
    {
        var result = await CliProcess.RunAsync(["-m", "http", "-H", "tcp", "--tcp-check-port", "0", "-p", "70000", "-r", "nowhere", .. Place[2..4]]);

        result.Errors.Should().HaveCount(3).And.OnlyContain(line => line.StartsWith("vpcrouter: --", StringComparison.Ordinal));
    }

    private static string ExpectOneLine(CliResult result)
    {
        result.ExitCode.Should().Be(2, string.Join('\n', result.Errors));
        result.Output.Should().BeEmpty();
        return result.Errors.Should().ContainSingle().Subject;
    }
}
