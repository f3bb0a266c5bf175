package org.gridline.dispatch.cluster;

import javax.sql.DataSource;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.JDBC_PING2;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.TLS;
import org.jgroups.util.TLSClientAuth;

/** The layers by which servers find, watch and hear each other. */
final class Stack {
  /** A few servers say a few hundred short things a second. */
  private static final int MOST_THREADS = 16;

  private static final int CREDITS = 500_000;

  /**
   * With a fixed port, so many above it are tried too: a restart may come before the old one is
   * free.
   */
  private static final int PORTS = 10;

  private Stack() {}

  static JChannel open(ClusterSettings settings) throws Exception {
    return new JChannel(
        transport(settings),
        ping(settings.database()),
        new MERGE3().setMinInterval(2_000).setMaxInterval(5_000),
        // A dead process closes its sockets, which is noticed at once; a cut cable only by silence.
        new FD_SOCK2()
            .setBindAddress(settings.address().getAddress())
            .setOffset(settings.address().getPort() == 0 ? 0 : PORTS + 1)
            .setPortRange(50),
        new FD_ALL3().setTimeout(8_000).setInterval(2_000),
        verify(),
        new NAKACK2().useMcastXmit(false),
        new UNICAST3(),
        new STABLE().setDesiredAverageGossip(10_000).setMaxBytes(CREDITS),
        new GMS()
            .setJoinTimeout(2_000)
            .setMaxJoinAttempts(3)
            .setLeaveTimeout(500)
            .printLocalAddress(false),
        new UFC().setMaxCredits(CREDITS),
        new MFC().setMaxCredits(CREDITS),
        new FRAG4().setFragSize(60_000));
  }

  private static Protocol transport(ClusterSettings settings) {
    TCP tcp = new TCP();
    tcp.setBindAddress(settings.address().getAddress());
    tcp.setBindPort(settings.address().getPort());
    tcp.setPortRange(settings.address().getPort() == 0 ? 0 : PORTS);
    // A handshake on a busy machine takes longer than a bare connection.
    tcp.setSockConnTimeout(2_000);
    tcp.setPeerAddrReadTimeout(2_000);
    tcp.useVirtualThreads(true);
    tcp.getThreadPool().setMinThreads(0).setMaxThreads(MOST_THREADS);
    // Whoever lacks the secret can neither read, nor speak, nor join. The watchers' sockets
    // (FD_SOCK2)
    // stay plain; they carry nothing but that somebody lives.
    tcp.setSocketFactory(
        new TLS()
            .enabled(true)
            .setProtocols(new String[] {"TLSv1.3"})
            .setClientAuth(TLSClientAuth.NEED)
            .createSocketFactory(SharedIdentity.context(settings.secret())));
    return tcp;
  }

  /**
   * Addresses stand in a table of the database that all servers share, so nothing else has to be
   * configured. The statements are the ones that JGroups wants, on a table that a migration makes.
   */
  private static Protocol ping(DataSource database) {
    JDBC_PING2 ping =
        new JDBC_PING2()
            .setDataSource(database)
            .setInsertSingleSql(
                "INSERT INTO cluster_node (address, name, cluster, ip, coord)"
                    + " VALUES (?, ?, ?, ?, ?)")
            .setDeleteSingleSql("DELETE FROM cluster_node WHERE address = ?")
            .setClearSql("DELETE FROM cluster_node WHERE cluster = ?")
            .setSelectAllPingdataSql(
                "SELECT address, name, ip, coord FROM cluster_node WHERE cluster = ?");
    // We close in order ourselves; a hook a joining would keep every former channel alive.
    ping.setValue("register_shutdown_hook", false);
    // Rows of servers that were killed go with the next change of members.
    ping.removeAllDataOnViewChange(true);
    // In a partition each side deletes the other's row too. Did it not write its own again at each
    // look, the side without a row would never be found and both would stay apart (JGRP-2288).
    ping.writeDataOnFind(true);
    return ping;
  }

  private static Protocol verify() {
    VERIFY_SUSPECT2 verify = new VERIFY_SUSPECT2();
    verify.setTimeout(500);
    return verify;
  }
}
