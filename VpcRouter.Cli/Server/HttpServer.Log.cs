using Microsoft.Extensions.Logging;

namespace VpcRouter.Cli.Server;

internal static partial class HttpServer
{
    private static partial class Log
    {
        [LoggerMessage(4042, LogLevel.Warning, "Listening on {Address} with --insecure: whoever reaches it can change routes in http mode")]
        public static partial void Insecure(ILogger logger, string address);

        [LoggerMessage(4043, LogLevel.Warning, "Listening on {Address} without TLS: the token can be read on its way; give --tls-cert and --tls-key, or put a proxy that encrypts in front")]
        public static partial void TokenInClear(ILogger logger, string address);
    }
}
