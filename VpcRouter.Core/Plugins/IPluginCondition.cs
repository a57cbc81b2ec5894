namespace VpcRouter.Plugins;

/// <summary>May be implemented by a plugin that can be unable to do its work although it runs, so that readiness and the status page say so.</summary>
public interface IPluginCondition
{
    /// <summary>
    /// Why it can't do its work now, in words that an operator understands, beginning without a capital and ending without a full stop;
    /// <see langword="null"/> while it can. Meanwhile what it said last stays in force. Each reader sees it as it is at that moment, so
    /// don't tell of what is over in an instant. Called at any time, from any thread.
    /// </summary>
    string? Problem { get; }
}
