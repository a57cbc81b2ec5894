using Microsoft.Extensions.Logging;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Watchers.ConfigFile;

internal sealed partial class ConfigFileWatcher
{
    [LoggerMessage(EventId = 2000, Level = LogLevel.Information, Message = "Read {File}: {Destinations} destinations, {Hosts} hosts.")]
    private partial void LogAccepted(string file, int destinations, int hosts);

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "{File}: {Warning}")]
    private partial void LogWarning(string file, RouteSpecProblem warning);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "{File} is no route spec ({Count} errors); {Consequence}.")]
    private partial void LogBroken(string file, int count, string consequence);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "{File}: {Error}")]
    private partial void LogError(string file, RouteSpecProblem error);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Error, Message = "{File} can't be read: {Problem} {Consequence}.")]
    private partial void LogUnreadable(string file, string problem, string consequence);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Information, Message = "{File} is in order again.")]
    private partial void LogMended(string file);
}
