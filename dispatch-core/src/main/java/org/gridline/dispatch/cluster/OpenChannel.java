package org.gridline.dispatch.cluster;

import java.util.List;
import javax.sql.DataSource;
import org.infinispan.remoting.transport.jgroups.JGroupsChannelConfigurator;
import org.jgroups.JChannel;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.util.SocketFactory;

/**
 * Gives Infinispan a channel that is open already, so that no secret passes through its settings.
 */
final class OpenChannel implements JGroupsChannelConfigurator {
  private final JChannel channel;

  OpenChannel(JChannel channel) {
    this.channel = channel;
  }

  @Override
  public String getName() {
    return "gridline";
  }

  @Override
  public JChannel createChannel(String name) {
    return channel;
  }

  @Override
  public String getProtocolStackString() {
    return "";
  }

  @Override
  public List<ProtocolConfiguration> getProtocolStack() {
    return List.of();
  }

  @Override
  public void setSocketFactory(SocketFactory factory) {
    // The channel has its own.
  }

  @Override
  public void setDataSource(DataSource source) {
    // The channel has its own.
  }
}
