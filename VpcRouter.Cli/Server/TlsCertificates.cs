using System.Net.Security;
using Microsoft.Extensions.Logging;
using VpcRouter.Cli.Settings;
using VpcRouter.Settings;

namespace VpcRouter.Cli.Server;

/// <summary>
/// Gives each handshake the certificate that the files hold then. Connections made with the one before go on. Thread-safe.
/// </summary>
internal sealed partial class TlsCertificates
{
    // A handshake costs a thousand times what reading the files does; this only keeps a flood from hammering the disk.
    private static readonly TimeSpan MostStale = TimeSpan.FromSeconds(1);
    private readonly TlsSettings _settings;
    private readonly TimeProvider _time;
    private readonly Lock _rereading = new();
    private TlsMaterial _material;
    private SslServerAuthenticationOptions _options;
    private long _readAt;
    private bool _isUnfit;

    /// <exception cref="SettingsException">The files are unfit.</exception>
    public TlsCertificates(TlsSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        _material = TlsFiles.Read(settings);
        _options = TlsFiles.OptionsOf(_material, settings);
        _readAt = time.GetTimestamp();
    }

    public SslServerAuthenticationOptions OptionsNow(ILogger logger)
    {
        lock (_rereading)
        {
            if (_time.GetElapsedTime(_readAt) >= MostStale)
                ReadAgain(logger);
            return _options;
        }
    }

    private void ReadAgain(ILogger logger)
    {
        _readAt = _time.GetTimestamp();
        try
        {
            var material = TlsFiles.Read(_settings);
            if (material != _material)
            {
                _options = TlsFiles.OptionsOf(material, _settings);
                _material = material;
                Log.Renewed(logger, _settings.Certificate!);
            }

            _isUnfit = false;
        }
        catch (SettingsException e)
        {
            // Certificate and key are two files: between the renewal of one and of the other they don't fit.
            if (!_isUnfit)
                Log.Unfit(logger, e.Message);
            _isUnfit = true;
        }
    }
}
