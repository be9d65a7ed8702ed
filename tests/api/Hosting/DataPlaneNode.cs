using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>
/// One node that the tests of the data plane share, because starting one takes longer than most tests.
/// </summary>
/// <remarks>
/// Classes that share a host run one after the other. A class that sets the clock, or changes what belongs to the whole
/// platform, has a host of its own.
/// </remarks>
public sealed class DataPlaneNode : ICollectionFixture<NodeHost>;
