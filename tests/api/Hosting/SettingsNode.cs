using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>One node that the tests of the rest of the management API share.</summary>
public sealed class SettingsNode : ICollectionFixture<NodeHost>;
