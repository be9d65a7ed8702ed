using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Sluice.TestSupport.Clocks;

/// <summary>
/// Injects a clock into the host of a program that does not know of it, by the event that every host raises before it
/// is built.
/// </summary>
internal sealed class HostClock(TimeProvider time)
    : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>Waits for the program's host.</summary>
    public void Install() => DiagnosticListener.AllListeners.Subscribe(this);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
            value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is not { Key: "HostBuilding", Value: IHostBuilder builder })
            return;
        builder.ConfigureServices(services => services
            .AddSingleton(time)
            // Orleans asks by name. Its members compare their clocks with each other.
            .AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System));
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
