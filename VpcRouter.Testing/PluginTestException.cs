namespace VpcRouter.Testing;

/// <summary>A plugin under test didn't do what the test waited for, or can't be run at all. The message says what was expected and what was seen.</summary>
public sealed class PluginTestException : Exception
{
    /// <summary>Makes the exception.</summary>
    public PluginTestException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    public PluginTestException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
