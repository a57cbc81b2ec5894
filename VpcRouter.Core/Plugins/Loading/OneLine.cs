using System.Reflection;

namespace VpcRouter.Plugins.Loading;

/// <summary>An exception in one line: what it says, without the wrappers that say nothing.</summary>
internal static class OneLine
{
    public static string Of(Exception exception) => CauseOf(exception).Message.ReplaceLineEndings(" ").TrimEnd();

    public static Exception CauseOf(Exception exception)
    {
        while (exception is TargetInvocationException or TypeInitializationException && exception.InnerException is { } inner)
            exception = inner;
        return exception;
    }
}
