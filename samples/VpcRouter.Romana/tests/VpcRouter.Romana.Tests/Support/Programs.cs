using System.Diagnostics;
using System.Runtime.InteropServices;

namespace VpcRouter.Romana.Tests.Support;

/// <summary>Runs programs of the machine, and skips the test when they are missing.</summary>
internal static partial class Programs
{
    /// <summary>Signals of POSIX.</summary>
    public const int SigKill = 9, SigTerm = 15, SigCont = 18, SigStop = 19;

    public static void Require(params string[] programs)
    {
        foreach (var program in programs)
        {
            if (!OperatingSystem.IsLinux() || Find(program) is null)
                Assert.Ignore($"{program} is missing; on Debian: apt-get install etcd-server etcd-client");
        }
    }

    public static ProcessStartInfo Describe(string program, IEnumerable<string> arguments) =>
        new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, IEnumerable<string> arguments, string? input = null)
    {
        var start = Describe(program, arguments);
        start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    public static void Signal(Process process, int signal)
    {
        if (!process.HasExited)
            _ = Kill(process.Id, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
