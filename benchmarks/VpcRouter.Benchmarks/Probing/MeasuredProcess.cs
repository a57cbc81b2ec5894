using System.Diagnostics;
using System.Text.Json;

namespace VpcRouter.Benchmarks.Probing;

/// <summary>Runs child processes one at a time and says what each cost.</summary>
internal static class MeasuredProcess
{
    /// <summary>Runs a monitor in a process of its own.</summary>
    public static async Task<(double Cpu, double Wall, SweepOutcome Outcome)> SweepAsync(string monitor, int hosts, int seconds, params string[] settings)
    {
        var (cpu, wall, output, _) = await RunAsync(StartOwn(SweepProcess.Arguments(monitor, hosts, seconds, settings)));
        return (cpu, wall, JsonSerializer.Deserialize<SweepOutcome>(output, JsonSerializerOptions.Web)!);
    }

    /// <summary>How to start this program once more.</summary>
    public static ProcessStartInfo StartOwn(IEnumerable<string> arguments)
    {
        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        return new ProcessStartInfo(host, [typeof(MeasuredProcess).Assembly.Location, .. arguments]);
    }

    /// <summary>Runs a process to its end.</summary>
    /// <param name="start">How to start it.</param>
    /// <param name="stop">Ends it in good time, for one that doesn't end by itself.</param>
    public static async Task<(double Cpu, double Wall, string Output, string Errors)> RunAsync(ProcessStartInfo start, Func<Process, Task>? stop = null)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var before = ChildCost.Seconds();
        var at = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var reading = process.StandardOutput.ReadToEndAsync();
        if (stop is not null)
            await stop(process);
        var output = await reading;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 || stop is not null
            ? (ChildCost.Seconds() - before, TimeProvider.System.GetElapsedTime(at).TotalSeconds, output, await errors)
            : throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {(await errors).Split('\n')[0]}");
    }
}
