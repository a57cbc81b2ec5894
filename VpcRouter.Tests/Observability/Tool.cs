using System.Diagnostics;

namespace VpcRouter.Tests.Observability;

/// <summary>A program of the Debian package prometheus.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Starts it, or ends the test as ignored where it isn't installed.</summary>
    public static Process Start(string name, string folder, params string[] args)
    {
        var path = Path.Combine("/usr/bin", name);
        if (!File.Exists(path))
            Assert.Ignore($"There is no {path}; install the Debian package prometheus.");
        return Process.Start(new ProcessStartInfo(path, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string name, string folder, params string[] args)
    {
        using var process = Start(name, folder, args);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output + await errors);
    }
}
