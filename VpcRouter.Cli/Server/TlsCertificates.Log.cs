using Microsoft.Extensions.Logging;

namespace VpcRouter.Cli.Server;

internal sealed partial class TlsCertificates
{
    private static partial class Log
    {
        [LoggerMessage(4040, LogLevel.Information, "The certificate in {File} was renewed; new connections get it")]
        public static partial void Renewed(ILogger logger, string file);

        [LoggerMessage(4041, LogLevel.Error, "{Problem}. The certificate read before stays in use")]
        public static partial void Unfit(ILogger logger, string problem);
    }
}
