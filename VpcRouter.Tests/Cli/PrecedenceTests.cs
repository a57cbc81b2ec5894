using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Cli;

/// <summary>Flag beats environment beats file. Each source gives a port that is none, so that the complaint shows which one won.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class PrecedenceTests
{
    private TemporaryFolder _folder = null!;
    private string _config = null!;

    [OneTimeSetUp]
    public void MakeFile()
    {
        _folder = new TemporaryFolder();
        _config = _folder.Write("config.json", """{ "mode": "http", "health": "always", "port": 70003 }""");
    }

    [OneTimeTearDown]
    public void RemoveFile() => _folder.Dispose();

    [Test]
    public async Task Port_InFileOnly_ComesFromTheFile() => await ExpectAsync("70003", ["--config", _config]);

    [Test]
    public async Task Port_InEnvironmentToo_ComesFromTheEnvironment() => await ExpectAsync("70002", ["--config", _config], ("VPCROUTER_PORT", "70002"));

    [Test]
    public async Task Port_AsFlagToo_ComesFromTheFlag() => await ExpectAsync("70001", ["--config", _config, "--port", "70001"], ("VPCROUTER_PORT", "70002"));

    [Test]
    public async Task Config_InEnvironment_IsRead() => await ExpectAsync("70003", [], ("VPCROUTER_CONFIG", _config));

    [Test]
    public async Task Mode_InEnvironment_ChoosesThePlugin()
    {
        var result = await CliProcess.RunAsync(["-H", "always", "--help"], ("VPCROUTER_MODE", "fixedconf"));

        string.Join('\n', result.Output).Should().Contain("--fixed-cidr");
    }

    private static async Task ExpectAsync(string port, IEnumerable<string> args, params (string Name, string? Value)[] environment) =>
        (await CliProcess.RunAsync([.. args, "-r", "us-east-1", "-v", "vpc-1"], environment)).Errors.Should().ContainSingle().Which.Should().Contain($"--port \"{port}\"");
}
