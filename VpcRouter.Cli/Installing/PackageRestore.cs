using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace VpcRouter.Cli.Installing;

/// <summary>Has the .NET SDK fetch a package with its dependencies: it publishes a project that does nothing but refer to the package.</summary>
internal static partial class PackageRestore
{
    private const string Project = "plugin";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Puts the package's assemblies, and what they need beyond the host's, into a folder.</summary>
    /// <exception cref="CommandFailedException">There is no SDK, or it failed; says what it said.</exception>
    public static async Task PublishAsync(PluginSupply supply, IReadOnlyList<string> sources, string target, CancellationToken cancellationToken)
    {
        var work = Directory.CreateTempSubdirectory("vpcrouter-add-").FullName;
        try
        {
            Write(work, supply, sources);
            await RunAsync(work, supply, cancellationToken).ConfigureAwait(false);
            var published = Path.Combine(work, "out");
            DependencyList.Prune(published, Project, supply.PackageId!);
            new BoundedCopy(target).FromFolder(published);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static void Write(string work, PluginSupply supply, IReadOnlyList<string> sources)
    {
        // An empty file of each keeps out what lies in the folders above: the temporary folder is everybody's, and most of these can have any code run.
        foreach (var (name, content) in new[] { ("Directory.Build.props", "<Project />"), ("Directory.Build.targets", "<Project />"), ("Directory.Packages.props", "<Project />"), ("Directory.Build.rsp", ""), ("global.json", "{}"), (".editorconfig", "root = true") })
            File.WriteAllText(Path.Combine(work, name), content);
        var properties = new XElement("PropertyGroup",
            new XElement("TargetFramework", $"net{Environment.Version.Major}.0"),
            new XElement("AssemblyName", Project),
            new XElement("EnableDynamicLoading", true),
            new XElement("SelfContained", false),
            new XElement("CopyLocalLockFileAssemblies", true),
            new XElement("SatelliteResourceLanguages", "en"),
            // A compiler that stays for the next build would outlive this one, its environment included.
            new XElement("UseSharedCompilation", false),
            new XElement("RestoreRootConfigDirectory", Literal(Environment.CurrentDirectory)),
            new XElement("RestoreAdditionalProjectSources", string.Join(';', (supply.Path is { } file ? sources.Append(Path.GetDirectoryName(file)!) : sources).Select(Literal))));
        // A package that its author has built again under the same version must not come out of the cache.
        if (supply.Path is not null)
            properties.Add(new XElement("RestorePackagesPath", Path.Combine(work, "packages")));
        var project = new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"), properties,
            new XElement("ItemGroup", new XElement("PackageReference", new XAttribute("Include", supply.PackageId!), new XAttribute("Version", Literal(Range(supply.Version))))));
        project.Save(Path.Combine(work, Project + ".csproj"));
    }

    // MSBuild would take %40 for an @, and $( for the beginning of an expression.
    private static string Literal(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("$", "%24", StringComparison.Ordinal).Replace("@", "%40", StringComparison.Ordinal);

    private static string Range(string? version) => version is null ? "*" : version.Contains('*', StringComparison.Ordinal) ? version : $"[{version}]";

    private static async Task RunAsync(string work, PluginSupply supply, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(DotnetPath()) { WorkingDirectory = work, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "publish", Project + ".csproj", "-c", "Release", "-o", "out", "--nologo", "-v", "quiet", "-nodeReuse:false" })
            start.ArgumentList.Add(argument);
        // Those of a build that started us would lead this one astray, and a package's build logic has no business with the router's token.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VPCROUTER_", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "true";
        using var process = Start(start, supply);
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw new CommandFailedException($"the .NET SDK did not get the package {supply.PackageId} within {Patience.TotalMinutes} minutes");
        }

        if (process.ExitCode != 0)
            throw new CommandFailedException($"the .NET SDK can't get the package {supply.PackageId}{(supply.Version is { } version ? " " + version : "")}: {Reason(await output.ConfigureAwait(false) + "\n" + await errors.ConfigureAwait(false))}");
    }

    private static Process Start(ProcessStartInfo start, PluginSupply supply)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new CommandFailedException($"the package {supply.PackageId} needs the .NET SDK to fetch it with its dependencies, and \"{start.FileName}\" can't be started ({e.Message}); install the SDK, or publish the plugin elsewhere with \"dotnet publish\" and give that folder or a zip of it");
        }
    }

    private static string Reason(string output)
    {
        if (output.Contains("No .NET SDKs were found", StringComparison.OrdinalIgnoreCase))
            return "there is only the .NET runtime here, no SDK; install it, or publish the plugin elsewhere with \"dotnet publish\" and give that folder or a zip of it";
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line = lines.Select(text => Error().Match(text)).FirstOrDefault(match => match.Success)?.Groups[1].Value ?? lines.FirstOrDefault() ?? "it didn't say why";
        return Origin().Replace(line, "").TrimEnd('.');
    }

    private static string DotnetPath() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")) is { } own && File.Exists(own) ? own
        : "dotnet";

    [GeneratedRegex(@"error ((?:NU|NETSDK|MSB|CS)\d+: .*)$")]
    private static partial Regex Error();

    [GeneratedRegex(@" \[[^\]]*csproj[^\]]*\]$")]
    private static partial Regex Origin();
}
