using Microsoft.Extensions.Logging;

namespace VpcRouter.Reconciliation.Ownership;

internal sealed partial class OwnedRoutes
{
    private static partial class Log
    {
        [LoggerMessage(1036, LogLevel.Error, "Which default routes are VpcRouter's own can't be kept: {Problem}; after a restart they are left alone when the spec drops them, until the folder (--state-dir) can be written")]
        public static partial void NotKept(ILogger logger, string problem);
    }
}
