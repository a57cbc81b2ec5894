using System.Diagnostics;
using System.Reflection;
using VpcRouter.Romana.Tests.Support;

namespace VpcRouter.Romana.EndToEnd;

/// <summary>The tool and the plugin, installed from their packages as a user installs them.</summary>
internal sealed class Installation : IDisposable
{
    private static readonly string Sample = typeof(Installation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Sample").Value!;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("romana-installed-");

    public string Plugins => Path.Combine(_folder.FullName, "plugins");

    private static string HostPackages => Path.GetFullPath(Path.Combine(Sample, "../../artifacts/packages"));

    private static string PackageCache => Path.Combine(Sample, ".packages");

    public static async Task<Installation> MakeAsync()
    {
        var plugin = Directory.Exists(Path.Combine(Sample, "artifacts/packages")) ? Directory.GetFiles(Path.Combine(Sample, "artifacts/packages"), "VpcRouter.Romana.*.nupkg").SingleOrDefault() : null;
        Assert.That(plugin, Is.Not.Null, "the plugin isn't packed; run dotnet pack -c Release src/VpcRouter.Romana");
        Assert.That(Directory.Exists(HostPackages) ? Directory.GetFiles(HostPackages, "VpcRouter.Cli.*.nupkg") : [], Is.Not.Empty, "VpcRouter's packages are missing; see README.md");
        // What an earlier run has unpacked of this version is another build.
        var stale = new DirectoryInfo(Path.Combine(PackageCache, "vpcrouter.romana"));
        if (stale.Exists)
            stale.Delete(recursive: true);
        var installation = new Installation();
        await installation.RunAsync("dotnet", "tool", "install", "--tool-path", Path.Combine(installation._folder.FullName, "tool"), "--source", HostPackages, "VpcRouter.Cli");
        Directory.CreateDirectory(installation.Plugins);
        await installation.RunAsync(installation.Tool, "plugins", "add", plugin!, "--source", HostPackages, "--plugin-dir", installation.Plugins);
        return installation;
    }

    public ProcessStartInfo Describe(params string[] arguments) => Prepare(Programs.Describe(Tool, arguments));

    public void Dispose() => _folder.Delete(recursive: true);

    private string Tool => Path.Combine(_folder.FullName, "tool", "vpcrouter");

    private async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Prepare(Programs.Describe(program, arguments)))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}: {await output}{await error}");
    }

    private ProcessStartInfo Prepare(ProcessStartInfo start)
    {
        start.WorkingDirectory = _folder.FullName;
        start.Environment["NUGET_PACKAGES"] = PackageCache;
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_ACCESS_KEY_ID"] = "simulated";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "simulated";
        return start;
    }
}
