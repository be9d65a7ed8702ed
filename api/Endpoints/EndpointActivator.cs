using System.Collections.Concurrent;
using FastEndpoints;

namespace Sluice.Api.Endpoints;

/// <summary>
/// Creates endpoints, request readers and validators for the library, which keeps one such object for the whole
/// process. Several hosts may run in one, so nothing here belongs to the container of any: endpoints get their
/// dependencies from the scope of their request, and the others have none.
/// </summary>
internal sealed class EndpointActivator : IServiceResolver
{
    private static readonly ConcurrentDictionary<Type, object> Singletons = new();

    public object CreateInstance(Type type, IServiceProvider? serviceProvider = null) =>
        ActivatorUtilities.CreateInstance(serviceProvider ?? throw Unsupported(), type);

    public object CreateSingleton(Type type) => Singletons.GetOrAdd(type, static t => Activator.CreateInstance(t)!);

    public IServiceScope CreateScope() => throw Unsupported();

    public TService? TryResolve<TService>()
        where TService : class => throw Unsupported();

    public object? TryResolve(Type typeOfService) => throw Unsupported();

    public TService? TryResolve<TService>(string keyName)
        where TService : class => throw Unsupported();

    public object? TryResolve(Type typeOfService, string keyName) => throw Unsupported();

    /// <summary>Returns the reader of a request.</summary>
    public TService Resolve<TService>()
        where TService : class => (TService)Singletons.GetOrAdd(typeof(TService), static t => CreateReader(t));

    public object Resolve(Type typeOfService) => throw Unsupported();

    public TService Resolve<TService>(string keyName)
        where TService : class => throw Unsupported();

    public object Resolve(Type typeOfService, string keyName) => throw Unsupported();

    private static object CreateReader(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IRequestBinder<>)
            ? Activator.CreateInstance(typeof(RequestReader<>).MakeGenericType(type.GetGenericArguments()))!
            : throw Unsupported();

    private static NotSupportedException Unsupported() =>
        new("Dependencies come from the constructor of an endpoint, in the scope of its request.");
}
