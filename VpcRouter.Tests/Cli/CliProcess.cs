using System.Diagnostics;
using System.Runtime.InteropServices;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Cli;

/// <summary>vpcrouter as a process of its own, as a user starts it.</summary>
internal sealed class CliProcess : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private const int Sigterm = 15;
    private readonly Process _process;
    private readonly TemporaryFolder _state;

    private CliProcess(Process process, TemporaryFolder state)
    {
        _process = process;
        _state = state;
        Output = new Transcript(process.StandardOutput);
        Errors = new Transcript(process.StandardError);
    }

    public Transcript Output { get; }

    public Transcript Errors { get; }

    public static CliProcess Start(IEnumerable<string> args, params (string Name, string? Value)[] environment) => StartIn(Path.GetTempPath(), args, environment);

    public static CliProcess StartIn(string folder, IEnumerable<string> args, params (string Name, string? Value)[] environment) =>
        Start(new ProcessStartInfo("dotnet") { WorkingDirectory = folder }, args, environment);

    /// <summary>Starts it where everything it prints meets a full disk.</summary>
    public static CliProcess StartOnFullDisk(IEnumerable<string> args) =>
        Start(new ProcessStartInfo("/bin/sh", ["-c", "exec dotnet \"$@\" > /dev/full", "vpcrouter"]) { WorkingDirectory = Path.GetTempPath() }, args);

    private static CliProcess Start(ProcessStartInfo start, IEnumerable<string> args, params (string Name, string? Value)[] environment)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.ArgumentList.Add(Path.Combine(TestContext.CurrentContext.TestDirectory, "vpcrouter.dll"));
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("VPCROUTER_", StringComparison.Ordinal) || name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        // Tests run side by side, and not in the state folder of whoever runs them.
        var state = new TemporaryFolder();
        start.Environment["STATE_DIRECTORY"] = state["state"];
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new CliProcess(Process.Start(start)!, state);
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<CliResult> RunAsync(IEnumerable<string> args, params (string Name, string? Value)[] environment)
    {
        await using var process = Start(args, environment);
        return await process.ExitAsync(Patience);
    }

    public async Task<string> LineAsync(string part)
    {
        try
        {
            return await Output.FindAsync(line => line.Contains(part, StringComparison.Ordinal)).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new AssertionException($"No line with \"{part}\" came; there were:\n{Output.Text}\n{Errors.Text}");
        }
    }

    /// <summary>The address of its HTTP server, which it names when it has started.</summary>
    public async Task<Uri> UrlAsync()
    {
        const string Marker = "Serving HTTP on ";
        var line = await LineAsync(Marker);
        return new Uri(line[(line.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)..]);
    }

    /// <summary>Asks it to end. By a call, for a program that does it may take a second to start.</summary>
    public void Terminate() => Kill(_process.Id, Sigterm).Should().Be(0);

    /// <summary>Kills it as the kernel does: nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    public async Task<CliResult> ExitAsync(TimeSpan within)
    {
        await _process.WaitForExitAsync().WaitAsync(within);
        await Task.WhenAll(Output.Completion, Errors.Completion).WaitAsync(Patience);
        return new CliResult(_process.ExitCode, Output.Lines, Errors.Lines);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _state.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Kill(int processId, int signal);
}
