using Microsoft.Extensions.Logging;

namespace VpcRouter.Reconciliation.Ownership;

internal sealed partial class OwnedRouteFile
{
    private static partial class Log
    {
        [LoggerMessage(1037, LogLevel.Warning, "{File} can't be used: {Problem}. Default routes that VpcRouter wrote earlier are taken for others' and left alone until it writes them anew")]
        public static partial void Unusable(ILogger logger, string file, string problem);

        [LoggerMessage(1038, LogLevel.Information, "The journal shows {Count} default routes and fallbacks as VpcRouter's own")]
        public static partial void Recovered(ILogger logger, int count);
    }
}
