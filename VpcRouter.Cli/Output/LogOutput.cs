using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using VpcRouter.Cli.Settings;

namespace VpcRouter.Cli.Output;

/// <summary>Opens the log that <c>--logfile</c> names.</summary>
internal static class LogOutput
{
    private const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {Message:lj}{NewLine}{Exception}";

    // The event of Microsoft.Extensions.Hosting for a hosted service whose start threw.
    private const int HostedServiceStartupFaulted = 11;

    public static Logger Open(GeneralSettings general)
    {
        var configuration = Configure(general.Verbose ? LogEventLevel.Debug : LogEventLevel.Information);
        return general.LogFile == "-"
            ? configuration.WriteTo.Console(outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture).CreateLogger()
            : configuration.WriteTo.File(Writable(general.LogFile), outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture, fileSizeLimitBytes: null).CreateLogger();
    }

    /// <summary>A log on the standard error, for commands whose result is on the standard output.</summary>
    public static Logger OnStandardError(LogEventLevel level) =>
        Configure(level).WriteTo.Console(outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose).CreateLogger();

    private static LoggerConfiguration Configure(LogEventLevel level) =>
        new LoggerConfiguration().MinimumLevel.Is(level).MinimumLevel.Override("Microsoft", LogEventLevel.Warning).Filter.ByExcluding(IsFailedStart);

    // What keeps the host from starting is told in one line by the command line; the host's own line, with its stack, would only repeat it.
    private static bool IsFailedStart(LogEvent line) =>
        line.Properties.GetValueOrDefault("SourceContext") is ScalarValue { Value: "Microsoft.Extensions.Hosting.Internal.Host" }
        && line.Properties.GetValueOrDefault("EventId") is StructureValue id
        && id.Properties.Any(property => property is { Name: "Id", Value: ScalarValue { Value: HostedServiceStartupFaulted } });

    // The sink would swallow the failure and log nothing for ever.
    private static string Writable(string path)
    {
        try
        {
            using var file = File.Open(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--logfile \"{path}\" can't be written: {e.Message}");
        }
    }
}
