using Microsoft.Extensions.Logging;
using VpcRouter.Health;

namespace VpcRouter.Hosting;

internal sealed partial class RouterService
{
    private static partial class Log
    {
        [LoggerMessage(1121, LogLevel.Information, "Managing routes of VPC {Vpc} in region {Region} (dry run: {DryRun})")]
        public static partial void Started(ILogger logger, string? vpc, string? region, bool dryRun);

        [LoggerMessage(1122, LogLevel.Information, "Stopped; no write is under way")]
        public static partial void Stopped(ILogger logger);

        [LoggerMessage(1123, LogLevel.Information, "A route spec with {Destinations} destinations and {Hosts} hosts is in force")]
        public static partial void SpecReceived(ILogger logger, int destinations, int hosts);

        [LoggerMessage(1125, LogLevel.Warning, "No health report came within {Seconds} s (--initial-health-timeout); going on as if every host were healthy")]
        public static partial void NoHealthReport(ILogger logger, double seconds);

        [LoggerMessage(1126, LogLevel.Error, "Planning failed; trying again at the next event")]
        public static partial void LoopFaulted(ILogger logger, Exception error);

        [LoggerMessage(1130, LogLevel.Warning, "Stopping although calls to EC2 are still under way: they did not end in time, and whether a write among them took effect isn't known")]
        public static partial void StoppedEarly(ILogger logger);

        public static void Verdict(ILogger logger, HealthReport? before, HealthReport report)
        {
            foreach (var host in report.Failed.Where(host => before?.Failed.Contains(host) != true))
                HostFailed(logger, host);
            foreach (var host in report.Questionable.Where(host => before?.Questionable.Contains(host) != true))
                HostQuestionable(logger, host);
            foreach (var host in (before?.Failed ?? report.Failed).Where(host => report.StateOf(host) == HealthState.Healthy))
                HostBack(logger, host);
        }

        [LoggerMessage(1127, LogLevel.Warning, "Host {Host} has failed")]
        private static partial void HostFailed(ILogger logger, System.Net.IPAddress host);

        [LoggerMessage(1128, LogLevel.Warning, "Host {Host} is questionable")]
        private static partial void HostQuestionable(ILogger logger, System.Net.IPAddress host);

        [LoggerMessage(1129, LogLevel.Information, "Host {Host} is not failed any more")]
        private static partial void HostBack(ILogger logger, System.Net.IPAddress host);
    }
}
