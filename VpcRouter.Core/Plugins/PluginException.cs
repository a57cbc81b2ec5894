namespace VpcRouter.Plugins;

/// <summary>A plugin that can't be found or made. The message is one line that an operator understands.</summary>
public sealed class PluginException : Exception
{
    /// <summary>Makes the exception.</summary>
    public PluginException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    public PluginException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
