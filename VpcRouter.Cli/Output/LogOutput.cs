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

    // The router's own events for a VPC that can't be looked at, and for a guard that holds something back.
    private const int LookFailed = 1111;
    private const int GuardHoldsBack = 1140;

    // The event of a route spec that is taken, though its writer may have meant something else.
    private const int SpecWarning = 2001;

    public static Logger Open(GeneralSettings general)
    {
        var configuration = Configure(general.Verbose ? LogEventLevel.Debug : LogEventLevel.Information);
        return general.LogFile == "-"
            ? configuration.WriteTo.Console(outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture).CreateLogger()
            : configuration.WriteTo.File(Writable(general.LogFile), outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture, fileSizeLimitBytes: null).CreateLogger();
    }

    /// <summary>A log on the standard error, for commands whose result is on the standard output.</summary>
    public static Logger OnStandardError(LogEventLevel level) => ToStandardError(Configure(level));

    /// <summary>
    /// The same for commands that look once: they tell of a failed look and of what is held back themselves and, unlike the service, don't
    /// try again. What the spec's file is warned of they don't.
    /// </summary>
    public static Logger ForOneLook(bool verbose)
    {
        var configuration = verbose ? Configure(LogEventLevel.Debug) : Configure(LogEventLevel.Warning).Filter.ByIncludingOnly(line => line.Level >= LogEventLevel.Error || IsEvent(line, "VpcRouter.Watchers.ConfigFile.ConfigFileWatcher", SpecWarning));
        return ToStandardError(configuration.Filter.ByExcluding(IsToldOtherwise));
    }

    private static Logger ToStandardError(LoggerConfiguration configuration) =>
        configuration.WriteTo.Console(outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose).CreateLogger();

    private static LoggerConfiguration Configure(LogEventLevel level) =>
        new LoggerConfiguration().MinimumLevel.Is(level).MinimumLevel.Override("Microsoft", LogEventLevel.Warning).Filter.ByExcluding(IsFailedStart);

    // What keeps the host from starting is told in one line by the command line; the host's own line, with its stack, would only repeat it.
    private static bool IsFailedStart(LogEvent line) => IsEvent(line, "Microsoft.Extensions.Hosting.Internal.Host", HostedServiceStartupFaulted);

    private static bool IsToldOtherwise(LogEvent line) =>
        IsEvent(line, "VpcRouter.Hosting.RouterService", LookFailed) || IsEvent(line, "VpcRouter.Hosting.RouterService", GuardHoldsBack);

    private static bool IsEvent(LogEvent line, string category, int number) =>
        line.Properties.GetValueOrDefault("SourceContext") is ScalarValue { Value: string source } && source == category
        && line.Properties.GetValueOrDefault("EventId") is StructureValue id
        && id.Properties.Any(property => property is { Name: "Id", Value: ScalarValue { Value: int given } } && given == number);

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
